package dev.drydock.e2e.lab;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Lab}. Where no container engine can be had the tests are skipped and the reason is printed; with
 * {@code CI=true} in the environment they fail instead.
 */
public final class LabExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace SHARED = Namespace.create(LabExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> why = LabImages.whyNoEngine();
        if (why.isEmpty()) {
            return ConditionEvaluationResult.enabled("the container engine answers");
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI=true and no container engine: " + why.get());
        }
        System.out.println("skipped: " + context.getDisplayName() + ": " + why.get());
        return ConditionEvaluationResult.disabled(why.get());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Lab resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return lab(context);
    }

    /** For other extensions: the same for all classes. */
    public static Lab lab(ExtensionContext context) {
        return context.getRoot().getStore(SHARED).getOrComputeIfAbsent(Lab.class, any -> new Lab(), Lab.class);
    }
}
