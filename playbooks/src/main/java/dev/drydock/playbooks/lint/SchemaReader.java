package dev.drydock.playbooks.lint;

import dev.drydock.playbooks.document.JsonReader;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.SyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the schema files that the language ships with. A keyword that is not known here is an error, so that no file can
 * state a rule that nobody enforces. One thread.
 */
final class SchemaReader {
    static final String ROOT = "/schema/";

    private static final int MAX_BYTES = 256 * 1024;
    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$defs",
            "title",
            "description",
            "default",
            "examples",
            "x-kind",
            "x-shorthand",
            "type",
            "enum",
            "pattern",
            "minLength",
            "maxLength",
            "minimum",
            "exclusiveMinimum",
            "maximum",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "properties",
            "required",
            "oneOf",
            "propertyNames",
            "additionalProperties",
            "anyOf",
            "$ref");

    private final Map<String, Map<?, ?>> files = new HashMap<>();

    /** @param file under {@link #ROOT}, for example {@code actions/os.packages.json} */
    Map<?, ?> file(String file) {
        return files.computeIfAbsent(file, SchemaReader::load);
    }

    Schema schema(String file) {
        return schema(file, file(file));
    }

    Schema schema(String file, Map<?, ?> json) {
        for (Object keyword : json.keySet()) {
            if (!KEYWORDS.contains((String) keyword)) {
                throw new IllegalStateException("schema " + file + ": the keyword '" + keyword + "' is not known");
            }
        }
        if (json.get("$ref") instanceof String reference) {
            return referred(file, reference);
        }
        if (json.get("anyOf") instanceof List<?> branches) {
            List<Schema> read = branches.stream()
                    .map(branch -> schema(file, (Map<?, ?>) branch))
                    .toList();
            String either = read.stream().map(Schema::expected).collect(Collectors.joining(", or "));
            return new Schema.Either(json.containsKey("x-kind") ? either : title(json, either), read);
        }
        return switch (String.valueOf(json.get("type"))) {
            case "string" -> text(json);
            case "integer" -> number(json, true);
            case "number" -> number(json, false);
            case "boolean" -> new Schema.Flag(title(json, "true or false"));
            case "array" -> items(file, json);
            case "object" -> keys(file, json);
            default ->
                throw new IllegalStateException("schema " + file + ": the type " + json.get("type") + " is not known");
        };
    }

    private Schema referred(String from, String reference) {
        int hash = reference.indexOf("#/$defs/");
        String file =
                switch (reference.substring(0, Math.max(hash, 0))) {
                    case "" -> hash < 0 ? reference : from;
                    case String relative when relative.startsWith("../") -> relative.substring(3);
                    case String relative -> relative;
                };
        Map<?, ?> root = file(file);
        Object found = hash < 0 ? root : object(root, "$defs").get(reference.substring(hash + "#/$defs/".length()));
        if (!(found instanceof Map<?, ?> json)) {
            throw new IllegalStateException("schema " + from + ": there is no " + reference);
        }
        return schema(file, json);
    }

    private static Schema.Text text(Map<?, ?> json) {
        List<String> choices = texts(json, "enum");
        return new Schema.Text(
                title(json, choices.isEmpty() ? "text" : oneOf(choices)),
                Optional.ofNullable((String) json.get("pattern")).map(Pattern::compile),
                count(json, "minLength", 0),
                count(json, "maxLength", Integer.MAX_VALUE),
                choices);
    }

    private static String oneOf(List<String> choices) {
        return choices.size() == 1 ? "'" + choices.getFirst() + "'" : "one of " + String.join(", ", choices);
    }

    private static Schema number(Map<?, ?> json, boolean whole) {
        boolean above = json.containsKey("exclusiveMinimum");
        Object least = json.get(above ? "exclusiveMinimum" : "minimum");
        Object most = json.get("maximum");
        String range = (least == null
                        ? ""
                        : above ? " above " + least : most == null ? " of at least " + least : " from " + least)
                + (most == null
                        ? ""
                        : above ? " and at most " + most : least == null ? " of at most " + most : " to " + most);
        return new Schema.Number(
                title(json, (whole ? "a whole number" : "a number") + range),
                whole,
                least instanceof java.lang.Number number ? number.doubleValue() : -Double.MAX_VALUE,
                above,
                most instanceof java.lang.Number number ? number.doubleValue() : Double.MAX_VALUE);
    }

    private Schema items(String file, Map<?, ?> json) {
        return new Schema.Items(
                title(json, "a list"),
                schema(file, object(json, "items")),
                count(json, "minItems", 0),
                count(json, "maxItems", Integer.MAX_VALUE),
                Boolean.TRUE.equals(json.get("uniqueItems")));
    }

    private Schema keys(String file, Map<?, ?> json) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        object(json, "properties")
                .forEach((name, property) -> properties.put((String) name, schema(file, (Map<?, ?>) property)));
        List<String> exactlyOne = json.get("oneOf") instanceof List<?> branches
                ? branches.stream()
                        .flatMap(branch -> texts((Map<?, ?>) branch, "required").stream())
                        .toList()
                : List.of();
        return new Schema.Keys(
                json.containsKey("x-kind") ? "a mapping of arguments" : title(json, "a mapping of arguments"),
                Map.copyOf(properties),
                texts(json, "required"),
                exactlyOne,
                json.get("propertyNames") instanceof Map<?, ?> names ? Optional.of(text(names)) : Optional.empty(),
                json.get("additionalProperties") instanceof Map<?, ?> others
                        ? Optional.of(schema(file, others))
                        : Optional.empty());
    }

    private static String title(Map<?, ?> json, String otherwise) {
        return json.get("title") instanceof String title ? title : otherwise;
    }

    private static int count(Map<?, ?> json, String keyword, int otherwise) {
        return json.get(keyword) instanceof Long count ? Math.toIntExact(count) : otherwise;
    }

    private static Map<?, ?> object(Map<?, ?> json, String keyword) {
        return json.get(keyword) instanceof Map<?, ?> object ? object : Map.of();
    }

    private static List<String> texts(Map<?, ?> json, String keyword) {
        return json.get(keyword) instanceof List<?> list
                ? list.stream().flatMap(item -> Stream.of((String) item)).toList()
                : List.of();
    }

    private static Map<?, ?> load(String file) {
        try (InputStream in = SchemaReader.class.getResourceAsStream(ROOT + file)) {
            if (in == null) {
                throw new IllegalStateException("schema " + file + " is not in this program");
            }
            Node root = JsonReader.read(in.readAllBytes(), MAX_BYTES);
            return (Map<?, ?>) root.plain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SyntaxException e) {
            throw new IllegalStateException("schema " + file + ": " + e.getMessage(), e);
        }
    }
}
