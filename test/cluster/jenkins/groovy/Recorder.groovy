/** Hands every call to `take`, with its name and its arguments; a call among the arguments is its own arguments. */
class Recorder extends GroovyObjectSupport {
  private final Closure take
  private static final Set<String> VALUES = ['logRotator'] as Set

  Recorder(Closure take) {
    this.take = take
  }

  Object invokeMethod(String name, Object arguments) {
    name in VALUES ? [(name): (arguments as List).first()] : take(name, arguments as List)
  }
}
