/** A timeout has passed: nothing is tried again. */
class TimedOut extends RuntimeException {
  TimedOut(String message) {
    super(message)
  }
}
