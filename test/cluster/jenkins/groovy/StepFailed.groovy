/** A step has failed, and with it what holds it. */
class StepFailed extends RuntimeException {
  StepFailed(String message) {
    super(message)
  }
}
