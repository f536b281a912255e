package dev.drydock.playbooks.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.drydock.playbooks.document.Nearest;
import dev.drydock.playbooks.expr.InvalidExpressionException.Issue;
import dev.drydock.playbooks.model.Param;
import dev.drydock.proto.facts.v1.Host;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The one place that knows the CEL library: which variables there are, and how much an expression may cost. Compilers and
 * programs are safe to share between threads.
 */
final class Cel {
    /** Code points of one expression. */
    static final int MAX_LENGTH = 4096;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseRecursionDepth(32)
            .maxParseExpressionNodeCount(2000)
            .comprehensionMaxIterations(100_000)
            .maxRegexProgramSize(1000)
            .enableRegexPartialMatch(true)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addMessageTypes(Host.getDescriptor())
            .build();

    private static final String HOST = "host";
    private static final String PARAMS = "params";
    private static final String NOW = "now";

    private Cel() {}

    /** A condition that may ask for the time too. */
    static CelAbstractSyntaxTree compileTimed(String expression) throws InvalidExpressionException {
        CelCompiler compiler = base().addVar(NOW, SimpleType.TIMESTAMP)
                .setResultType(SimpleType.BOOL)
                .build();
        return tree(expression, compiler.compile(expression));
    }

    static CelAbstractSyntaxTree compile(String expression, Map<String, Param.Type> params, boolean condition)
            throws InvalidExpressionException {
        CelAbstractSyntaxTree parsed =
                tree(expression, compiler(params, Set.of(), condition).parse(expression));
        Set<String> unknown = new TreeSet<>();
        List<Issue> issues = new ArrayList<>(undeclared(parsed, params.keySet(), unknown));
        CelValidationResult checked = compiler(params, unknown, condition).check(parsed);
        if (checked.hasError()) {
            issues.addAll(issues(checked));
        }
        if (!issues.isEmpty()) {
            issues.sort(Comparator.comparingInt(Issue::line).thenComparingInt(Issue::column));
            throw new InvalidExpressionException(expression, issues);
        }
        return tree(expression, checked);
    }

    private static CelAbstractSyntaxTree tree(String expression, CelValidationResult result)
            throws InvalidExpressionException {
        if (result.hasError()) {
            throw new InvalidExpressionException(expression, issues(result));
        }
        try {
            CelAbstractSyntaxTree ast = result.getAst();
            List<Issue> patterns = Patterns.issues(ast);
            if (!patterns.isEmpty()) {
                throw new InvalidExpressionException(expression, patterns);
            }
            return ast;
        } catch (CelValidationException e) {
            throw new InvalidExpressionException(
                    expression, List.of(new Issue(1, 1, String.valueOf(e.getMessage()), Optional.empty())));
        }
    }

    static CelRuntime.Program program(CelAbstractSyntaxTree ast) {
        try {
            return RUNTIME.createProgram(ast);
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("a checked expression has no program", e);
        }
    }

    static Object evaluate(String expression, CelRuntime.Program program, Host host, Map<String, Object> params)
            throws EvaluationException {
        Map<String, Object> variables = new HashMap<>();
        variables.put(HOST, host);
        params.forEach((name, value) -> variables.put(PARAMS + "." + name, value));
        return evaluated(expression, program, host, variables);
    }

    static Object evaluate(String expression, CelRuntime.Program program, Host host, Instant now)
            throws EvaluationException {
        return evaluated(expression, program, host, Map.of(HOST, host, NOW, now));
    }

    private static Object evaluated(
            String expression, CelRuntime.Program program, Host host, Map<String, Object> variables)
            throws EvaluationException {
        try {
            return program.eval(variables);
        } catch (CelEvaluationException e) {
            throw new EvaluationException(
                    "expression '" + expression + "' cannot be evaluated on host " + host.getName() + ": "
                            + e.getMessage(),
                    e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND);
        }
    }

    /** @param unknown parameters that were found missing already; of any type, so that the rest can be checked */
    private static CelCompiler compiler(Map<String, Param.Type> params, Set<String> unknown, boolean condition) {
        CelCompilerBuilder builder = base();
        params.forEach((name, type) -> builder.addVar(PARAMS + "." + name, type(type)));
        unknown.forEach(name -> builder.addVar(PARAMS + "." + name, SimpleType.DYN));
        return condition ? builder.setResultType(SimpleType.BOOL).build() : builder.build();
    }

    private static CelCompilerBuilder base() {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addMessageTypes(Host.getDescriptor())
                .addVar(HOST, StructTypeReference.create(Host.getDescriptor().getFullName()));
    }

    private static CelType type(Param.Type type) {
        return switch (type) {
            case INTEGER -> SimpleType.INT;
            case BOOLEAN -> SimpleType.BOOL;
            case STRING, PATH, DURATION, SIZE -> SimpleType.STRING;
        };
    }

    /**
     * @param whole whether the expression is the whole value; inside other text a list has no place
     * @throws InvalidExpressionException when its value is none that an argument may have
     */
    static ResultType argumentType(CelAbstractSyntaxTree ast, boolean whole) throws InvalidExpressionException {
        CelType type = ast.getResultType();
        if (whole && type.equals(ListType.create(SimpleType.STRING))) {
            return ResultType.TEXTS;
        }
        if (type.equals(SimpleType.STRING)) {
            return ResultType.TEXT;
        }
        if (type.equals(SimpleType.INT)) {
            return ResultType.INTEGER;
        }
        if (type.equals(SimpleType.DOUBLE)) {
            return ResultType.NUMBER;
        }
        if (type.equals(SimpleType.BOOL)) {
            return ResultType.BOOLEAN;
        }
        if (type.equals(SimpleType.DYN)) {
            return ResultType.ANY;
        }
        throw new InvalidExpressionException(
                ast.getSource().getContent().toString(),
                List.of(new Issue(
                        1,
                        1,
                        "is of type " + CelTypes.format(type)
                                + "; expected a text, a number, a truth value or (as the whole value) a list of texts",
                        Optional.empty())));
    }

    /** Parameters are variables of their own; the library's message for an unknown one would name another thing. */
    private static List<Issue> undeclared(CelAbstractSyntaxTree ast, Set<String> declared, Set<String> unknown) {
        List<Issue> issues = new ArrayList<>();
        CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.IDENT)
                .filter(node -> node.expr().ident().name().equals(PARAMS))
                .forEach(node -> {
                    Optional<String> name = node.parent()
                            .filter(parent -> parent.getKind() == Kind.SELECT)
                            .map(parent -> parent.expr().select().field());
                    if (name.isEmpty() || !declared.contains(name.get())) {
                        issues.add(undeclared(ast, node.expr().id(), name, declared));
                        name.ifPresent(unknown::add);
                    }
                });
        return issues;
    }

    private static Issue undeclared(CelAbstractSyntaxTree ast, long id, Optional<String> name, Set<String> declared) {
        int offset = ast.getSource().getPositionsMap().getOrDefault(id, 0);
        var location = ast.getSource().getOffsetLocation(offset);
        int line = location.map(l -> l.getLine()).orElse(1);
        int column = location.map(l -> l.getColumn()).orElse(0) + 1;
        if (name.isEmpty()) {
            return new Issue(
                    line, column, "parameters are written params.NAME; params alone has no value", Optional.empty());
        }
        String known = declared.isEmpty()
                ? "there are no parameters here"
                : "declared are " + String.join(", ", new TreeSet<>(declared));
        return new Issue(
                line,
                column,
                "undeclared parameter params." + name.get() + " (" + known + ")",
                Nearest.to(name.get(), declared).map(near -> PARAMS + "." + near));
    }

    private static List<Issue> issues(CelValidationResult result) {
        return result.getErrors().stream().map(Cel::issue).toList();
    }

    private static Issue issue(CelIssue issue) {
        String message = Wording.of(issue.getMessage());
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
        return new Issue(line, column, message, suggestion(message));
    }

    private static Optional<String> suggestion(String message) {
        String prefix = "undefined field '";
        int end = message.indexOf('\'', prefix.length());
        if (!message.startsWith(prefix) || end < 0) {
            return Optional.empty();
        }
        return Nearest.to(message.substring(prefix.length(), end), HostFields.NAMES);
    }
}
