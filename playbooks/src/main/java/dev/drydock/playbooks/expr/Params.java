package dev.drydock.playbooks.expr;

import dev.drydock.playbooks.document.Nearest;
import dev.drydock.playbooks.model.Param;
import dev.drydock.playbooks.model.ParamTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checks given values against declared parameters. */
public final class Params {
    private Params() {}

    /**
     * The value of each declared parameter as expressions see it ({@link ParamTypes#value}), defaults filled in.
     *
     * @throws InvalidParamsException with everything that is wrong: unknown, missing, of the wrong type, not allowed
     */
    public static Map<String, Object> bind(Map<String, Param> declared, Map<String, String> given)
            throws InvalidParamsException {
        List<String> problems = new ArrayList<>();
        Map<String, Object> values = new TreeMap<>();
        for (String name : new TreeSet<>(given.keySet())) {
            if (!declared.containsKey(name)) {
                problems.add("unknown parameter '" + name + "'"
                        + Nearest.to(name, declared.keySet())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(declared.isEmpty() ? "; this playbook takes none" : ""));
            }
        }
        for (Param param : new TreeMap<>(declared).values()) {
            String name = param.name();
            Optional<String> text = Optional.ofNullable(given.get(name)).or(param::defaultValue);
            if (text.isEmpty()) {
                problems.add("parameter '" + name + "' is missing: expected " + ParamTypes.expected(param.type()));
                continue;
            }
            Optional<Object> value = ParamTypes.value(param.type(), text.get());
            if (value.isEmpty()) {
                problems.add("parameter '" + name + "' is '" + text.get() + "', expected "
                        + ParamTypes.expected(param.type()));
            } else if (!param.allowed().isEmpty() && !param.allowed().contains(text.get())) {
                problems.add("parameter '" + name + "' is '" + text.get() + "', expected one of "
                        + String.join(", ", param.allowed())
                        + Nearest.to(text.get(), param.allowed())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
            } else {
                values.put(name, value.get());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidParamsException(problems);
        }
        return Map.copyOf(values);
    }
}
