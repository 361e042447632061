/** Blocks by name, to be run later. */
class Sections extends GroovyObjectSupport {
  Map<String, Closure> into

  Object invokeMethod(String name, Object arguments) {
    into[name] = (arguments as List).first() as Closure
    null
  }
}
