/** Stands for Jenkins' annotation of the same name, `@Library('name') _`. */
@interface Library {
  String value()
}
