package dev.drydock.controller.api;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelContainer;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.drydock.playbooks.expr.InvalidExpressionException.Issue;
import dev.drydock.playbooks.expr.Patterns;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Filters of lists: CEL over what the list tells of each. An expression is bounded as the language's are. */
final class MessageFilter {
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(4096)
            .maxParseRecursionDepth(32)
            .maxParseExpressionNodeCount(2000)
            .comprehensionMaxIterations(100_000)
            .maxRegexProgramSize(1000)
            .enableRegexPartialMatch(true)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private MessageFilter() {}

    /**
     * @param filter empty: all
     * @param variable what the expression calls it
     * @return fails with INVALID_ARGUMENT where the filter has no answer
     */
    static <M extends Message> Predicate<M> of(String filter, String variable, Descriptor type) {
        if (filter.isBlank()) {
            return message -> true;
        }
        CelRuntime.Program program = program(filter, variable, type);
        return message -> {
            try {
                return Boolean.TRUE.equals(program.eval(Map.of(variable, message)));
            } catch (CelEvaluationException e) {
                throw Refusals.invalid(List.of("filter: has no answer for a " + variable + ": " + e.getMessage()));
            }
        };
    }

    private static CelRuntime.Program program(String filter, String variable, Descriptor type) {
        CelValidationResult checked = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setContainer(CelContainer.ofName(type.getFile().getPackage()))
                .addFileTypes(type.getFile())
                .addVar(variable, StructTypeReference.create(type.getFullName()))
                .setResultType(SimpleType.BOOL)
                .build()
                .compile(filter);
        try {
            CelAbstractSyntaxTree ast = checked.getAst();
            List<Issue> patterns = Patterns.issues(ast);
            if (!patterns.isEmpty()) {
                throw Refusals.invalid(patterns.stream()
                        .map(issue ->
                                "filter: line " + issue.line() + ", column " + issue.column() + ": " + issue.message())
                        .toList());
            }
            return CelRuntimeFactory.standardCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .addFileTypes(type.getFile())
                    .build()
                    .createProgram(ast);
        } catch (CelValidationException e) {
            throw Refusals.invalid(e.getErrors().stream()
                    .map(issue -> "filter: line " + issue.getSourceLocation().getLine() + ", column "
                            + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage())
                    .toList());
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("a checked expression has no program", e);
        }
    }
}
