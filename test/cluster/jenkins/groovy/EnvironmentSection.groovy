/** Assignments, in their order. */
class EnvironmentSection extends GroovyObjectSupport {
  Map<String, String> into

  void setProperty(String name, Object value) {
    if (name == 'into') this.@into = value as Map
    else into[name] = value.toString()
  }
}
