import org.codehaus.groovy.ast.ASTNode
import org.codehaus.groovy.ast.ModuleNode
import org.codehaus.groovy.ast.expr.ArgumentListExpression
import org.codehaus.groovy.ast.expr.BinaryExpression
import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.ConstantExpression
import org.codehaus.groovy.ast.expr.DeclarationExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.GStringExpression
import org.codehaus.groovy.ast.expr.ListExpression
import org.codehaus.groovy.ast.expr.MapExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.expr.PropertyExpression
import org.codehaus.groovy.ast.expr.TupleExpression
import org.codehaus.groovy.ast.expr.VariableExpression
import org.codehaus.groovy.ast.stmt.BlockStatement
import org.codehaus.groovy.ast.stmt.ExpressionStatement
import org.codehaus.groovy.ast.stmt.ReturnStatement
import org.codehaus.groovy.ast.stmt.Statement
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.Phases
import org.codehaus.groovy.syntax.Types

/**
 * Reads a Jenkinsfile or a library's variable with Groovy's own parser and refuses whatever is not on the closed list: steps, options,
 * their arguments, and every kind of Groovy that would be logic. What passes consists of named calls, literals and blocks.
 */
class ClosedGroovy {
  private final String file
  private final Set<String> libraryVariables
  /** Name of the parameter whose properties a library's texts may hold; null outside of a library. */
  private String parameter

  ClosedGroovy(String file, Collection<String> libraryVariables) {
    this.file = file
    this.libraryVariables = libraryVariables as Set
  }

  void checkJenkinsfile(String text) {
    def module = parse(text)
    if (module.methods) refuse(module.methods.first(), 'a method: a Jenkinsfile has no logic')
    def statements = module.statementBlock.statements
    def rest = statements && isLibraryAnnotation(statements.first()) ? statements.drop(1) : statements
    if (rest.size() != 1) refuse(rest ? rest[1] : module.statementBlock, 'something else than one pipeline')
    checkCall(rest.first(), 'script')
  }

  void checkLibraryVariable(String text) {
    def module = parse(text)
    if (module.statementBlock.statements) refuse(module.statementBlock.statements.first(), 'code beside the method `call`')
    if (module.methods*.name != ['call']) refuse(module.methods ? module.methods.last() : module.statementBlock, 'a method other than `call`')
    def method = module.methods.first()
    if (method.parameters.size() != 1 || method.parameters[0].type.name != 'Map' || method.parameters[0].initialExpression)
      refuse(method, 'parameters other than one Map')
    parameter = method.parameters[0].name
    def statements = method.code.statements
    if (statements.size() != 1) refuse(statements ? statements[1] : method, 'something else than one pipeline')
    checkCall(statements.first(), 'script')
  }

  private ModuleNode parse(String text) {
    def unit = new CompilationUnit()
    unit.addSource(file, text)
    unit.compile(Phases.CONVERSION)
    def module = unit.AST.modules.first()
    if (module.imports || module.starImports || module.staticImports || module.staticStarImports)
      throw new Refused("$file: an import is not on the list")
    def classes = module.classes.findAll { !it.script }
    if (classes) refuse(classes.first(), 'a class')
    module
  }

  /** `@Library('name') _`: the one annotation, on a variable that nobody reads. */
  private boolean isLibraryAnnotation(Statement statement) {
    def declaration = expressionOf(statement)
    if (!(declaration instanceof DeclarationExpression)) return false
    def annotations = declaration.annotations
    annotations.size() == 1 && annotations[0].classNode.name == 'Library' && declaration.leftExpression.name == '_' &&
      annotations[0].members.every { name, value -> name == 'value' && isText(value) }
  }

  private void checkBlock(ClosureExpression closure, String context) {
    if (closure.parameters) refuse(closure, 'parameters of a block')
    def statements = closure.code instanceof BlockStatement ? closure.code.statements : [closure.code]
    statements.each { context == 'environment' ? checkAssignment(it) : checkCall(it, context) }
  }

  /** `NAME = 'text'`: only in environment. */
  private void checkAssignment(Statement statement) {
    def assignment = expressionOf(statement)
    def good = assignment instanceof BinaryExpression && assignment.operation.type == Types.ASSIGN &&
      assignment.leftExpression instanceof VariableExpression && assignment.leftExpression.name ==~ /[A-Z][A-Z0-9_]*/ &&
      isText(assignment.rightExpression)
    if (!good) refuse(statement, 'in environment, something else than NAME = a text')
  }

  private void checkCall(ASTNode statement, String context) {
    def call = statement instanceof Statement ? expressionOf(statement) : statement
    if (!(call instanceof MethodCallExpression) || !call.implicitThis || call.safe || call.spreadSafe || !(call.method instanceof ConstantExpression))
      refuse(statement, "in $context, something else than a named call")
    def name = call.methodAsString
    def shape = context == 'script' && name in libraryVariables ? ClosedList.LIBRARY_CALL : ClosedList.CONTEXTS[context][name]
    if (shape == null) refuse(call, "`$name` in $context")

    def arguments = argumentsOf(call.arguments)
    def body = arguments && arguments.last() instanceof ClosureExpression ? arguments.last() : null
    if (body != null) arguments = arguments.dropRight(1)
    if ((body != null) != (shape.body != null)) refuse(call, "`$name` in $context ${body == null ? 'without' : 'with'} a block")
    checkArguments(call, name, arguments, shape)
    if (body != null) checkBlock(body, shape.body as String)
  }

  private void checkArguments(MethodCallExpression call, String name, List<Expression> arguments, Map shape) {
    def named = arguments.findAll { it instanceof MapExpression }
    def positional = arguments - named
    def expected = (shape.positional ?: []) as List
    if (positional.size() != expected.size() || named.size() > 1) refuse(call, "`$name` with ${positional.size()} arguments")
    [positional, expected].transpose().each { value, kind -> checkValue(call, name, value, kind as String) }
    def allowed = (shape.named ?: [:]) as Map<String, String>
    named.collectMany { it.mapEntryExpressions }.each { entry ->
      def key = entry.keyExpression instanceof ConstantExpression ? entry.keyExpression.value : null
      def kind = allowed[key] ?: allowed['*']
      if (kind == null) refuse(entry, "option `$key` of `$name`")
      checkValue(call, name, entry.valueExpression, kind)
    }
  }

  private void checkValue(MethodCallExpression call, String name, Expression value, String kind) {
    def good
    switch (kind) {
      case 'text': good = isText(value); break
      case 'number': good = value instanceof ConstantExpression && value.value instanceof Integer; break
      case 'boolean': good = value instanceof ConstantExpression && value.value instanceof Boolean; break
      case 'scm': good = value instanceof VariableExpression && value.name == 'scm'; break
      default:
        // The name of a context: one call of it, or a list of them.
        def calls = value instanceof ListExpression ? value.expressions : [value]
        calls.each { checkCall(it, kind) }
        good = true
    }
    if (!good) refuse(call, "`$name` with something else than a $kind")
  }

  /** A literal, or in a library one whose only variables are the parameter's properties. */
  private boolean isText(Expression value) {
    if (value instanceof ConstantExpression) return value.value instanceof String
    value instanceof GStringExpression && parameter != null && value.values.every {
      it instanceof PropertyExpression && !it.safe && it.objectExpression instanceof VariableExpression &&
        it.objectExpression.name == parameter && it.property instanceof ConstantExpression
    }
  }

  private static List<Expression> argumentsOf(Expression arguments) {
    arguments instanceof ArgumentListExpression || arguments instanceof TupleExpression ? arguments.expressions : [arguments]
  }

  private static Expression expressionOf(Statement statement) {
    statement instanceof ExpressionStatement || statement instanceof ReturnStatement ? statement.expression : null
  }

  private void refuse(ASTNode node, String what) {
    throw new Refused("$file:${node.lineNumber}: $what is not on the list")
  }
}
