package dev.drydock.playbooks.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the language knows of one action or check.
 *
 * @param check whether it changes nothing, so that it may stand in {@code preflight} and {@code verify} and nowhere else
 * @param shorthand the argument that a bare value stands for
 * @param examples arguments as maps, lists, texts, numbers and truth values
 */
record ActionSchema(String name, boolean check, Schema arguments, Optional<String> shorthand, List<?> examples) {
    static ActionSchema read(SchemaReader reader, String name) {
        String file = "actions/" + name + ".json";
        Map<?, ?> json = reader.file(file);
        boolean check =
                switch (String.valueOf(json.get("x-kind"))) {
                    case "check" -> true;
                    case "action" -> false;
                    default -> throw new IllegalStateException("schema " + file + ": x-kind is action or check");
                };
        return new ActionSchema(
                name,
                check,
                reader.schema(file),
                Optional.ofNullable((String) json.get("x-shorthand")),
                json.get("examples") instanceof List<?> examples ? examples : List.of());
    }

    /** The arguments written out as a mapping. */
    Schema.Keys keys() {
        Schema all = arguments instanceof Schema.Either either
                ? either.branch(Kind.MAPPING).orElseThrow()
                : arguments;
        return (Schema.Keys) all;
    }
}
