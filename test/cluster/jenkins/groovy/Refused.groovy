/** A pipeline holds something that is not on the closed list. */
class Refused extends RuntimeException {
  Refused(String message) {
    super(message)
  }
}
