package dev.drydock.playbooks.expr;

import dev.drydock.playbooks.expr.InvalidExpressionException.Issue;
import dev.drydock.playbooks.model.Args;
import dev.drydock.playbooks.model.Param;
import dev.drydock.proto.facts.v1.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts values where arguments have <code>${{ CEL }}</code>. An expression that is the whole value keeps its type; inside
 * other text it becomes text. What comes out is not looked at again, and keys are never replaced.
 */
public final class Interpolation {
    /** The longest text that may come out of one value. */
    public static final int MAX_RESULT = 1024 * 1024;

    private Interpolation() {}

    /**
     * @param params as {@link Params#bind} gives them
     * @throws EvaluationException naming the argument, when an expression has no value here
     */
    public static Args resolve(Args args, Host host, Map<String, Object> params) throws EvaluationException {
        Map<String, Object> resolved = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : args.values().entrySet()) {
            resolved.put(entry.getKey(), resolve(entry.getKey(), entry.getValue(), host, params));
        }
        return new Args(resolved);
    }

    /** Whether {@link #resolve} would look at anything in this text. */
    public static boolean isTemplate(String text) {
        return text.contains("${{");
    }

    /**
     * Checks the expressions of one text without evaluating them.
     *
     * @return what the text becomes
     * @throws InvalidExpressionException with all that is wrong, places counted in the text
     */
    public static ResultType check(String text, Map<String, Param> params) throws InvalidExpressionException {
        Template template = Template.of(text);
        List<Issue> issues = new ArrayList<>();
        ResultType type = ResultType.TEXT;
        for (Template.Part part : template.parts()) {
            if (part.expression()) {
                try {
                    type = Cel.argumentType(
                            Cel.compile(part.text(), Expressions.types(params), false), template.isWhole());
                } catch (InvalidExpressionException e) {
                    issues.addAll(moved(e.issues(), text.codePointCount(0, part.offset())));
                }
            }
        }
        if (!issues.isEmpty()) {
            throw new InvalidExpressionException(text, issues);
        }
        return template.isWhole() ? type : ResultType.TEXT;
    }

    private static List<Issue> moved(List<Issue> issues, int before) {
        return issues.stream()
                .map(issue -> issue.line() == 1
                        ? new Issue(1, issue.column() + before, issue.message(), issue.suggestion())
                        : issue)
                .toList();
    }

    private static Object resolve(String path, Object value, Host host, Map<String, Object> params)
            throws EvaluationException {
        return switch (value) {
            case String text -> resolveText(path, text, host, params);
            case List<?> list -> {
                List<Object> items = new ArrayList<>();
                for (Object item : list) {
                    items.add(resolve(path + "[" + items.size() + "]", item, host, params));
                }
                yield List.copyOf(items);
            }
            case Map<?, ?> map -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    String key = (String) entry.getKey();
                    entries.put(key, resolve(path + "." + key, entry.getValue(), host, params));
                }
                yield Map.copyOf(entries);
            }
            default -> value;
        };
    }

    private static Object resolveText(String path, String text, Host host, Map<String, Object> params)
            throws EvaluationException {
        try {
            Template template = Template.of(text);
            if (template.isWhole()) {
                return argument(path, evaluate(template.parts().getFirst(), host, params));
            }
            StringBuilder out = new StringBuilder();
            for (Template.Part part : template.parts()) {
                out.append(part.expression() ? text(path, evaluate(part, host, params)) : part.text());
                if (out.length() > MAX_RESULT) {
                    throw new EvaluationException("argument '" + path + "' becomes longer than " + MAX_RESULT, false);
                }
            }
            return out.toString();
        } catch (InvalidExpressionException e) {
            throw new EvaluationException("argument '" + path + "': " + e.getMessage(), false);
        }
    }

    private static Object evaluate(Template.Part part, Host host, Map<String, Object> params)
            throws InvalidExpressionException, EvaluationException {
        Map<String, Param.Type> types = new HashMap<>();
        params.forEach((name, value) -> types.put(name, type(value)));
        return Cel.evaluate(part.text().strip(), Cel.program(Cel.compile(part.text(), types, false)), host, params);
    }

    private static Param.Type type(Object value) {
        if (value instanceof Long) {
            return Param.Type.INTEGER;
        }
        return value instanceof Boolean ? Param.Type.BOOLEAN : Param.Type.STRING;
    }

    private static Object argument(String path, Object value) throws EvaluationException {
        return switch (value) {
            case String text -> text;
            case Long number -> number;
            case Double number -> number;
            case Boolean flag -> flag;
            case List<?> list -> texts(path, list);
            default -> throw notAnArgument(path, value);
        };
    }

    private static List<?> texts(String path, List<?> list) throws EvaluationException {
        if (!list.stream().allMatch(String.class::isInstance)) {
            throw notAnArgument(path, list);
        }
        return List.copyOf(list);
    }

    private static String text(String path, Object value) throws EvaluationException {
        return switch (value) {
            case String text -> text;
            case Long number -> number.toString();
            case Double number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> throw notAnArgument(path, value);
        };
    }

    private static EvaluationException notAnArgument(String path, Object value) {
        return new EvaluationException(
                "argument '" + path + "' becomes a " + value.getClass().getSimpleName()
                        + "; expected a text, a number, a truth value or (as the whole value) a list of texts",
                false);
    }
}
