package dev.drydock.controller.api.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Messages and enums as JSON Schema, as proto3's JSON has them; each that is named is among the components. */
final class OpenApiSchemas {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String PACKAGE = "drydock.v1";

    private final Comments comments;
    private final Map<String, ObjectNode> components = new TreeMap<>();

    OpenApiSchemas(Comments comments) {
        this.comments = comments;
    }

    /** By name; grows with what is referred to. */
    Map<String, ObjectNode> components() {
        return components;
    }

    ObjectNode reference(Descriptor type) {
        String name = name(type.getFile(), type.getFullName());
        if (!components.containsKey(name)) {
            ObjectNode schema = NODES.objectNode();
            // Before its fields: a message may hold itself.
            components.put(name, schema);
            message(type, schema);
        }
        return reference(name);
    }

    private static ObjectNode reference(String name) {
        return NODES.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    private void message(Descriptor type, ObjectNode schema) {
        schema.put("type", "object");
        String oneOfs =
                type.getRealOneofs().stream().map(OpenApiSchemas::sentence).collect(Collectors.joining(" "));
        describe(schema, (comments.of(type.getFullName()) + " " + oneOfs).strip());
        if (!type.getFields().isEmpty()) {
            ObjectNode properties = schema.putObject("properties");
            type.getFields().forEach(field -> properties.set(field.getJsonName(), described(field)));
        }
    }

    private static String sentence(OneofDescriptor oneOf) {
        return "At most one of "
                + oneOf.getFields().stream().map(FieldDescriptor::getJsonName).collect(Collectors.joining(", "))
                + ".";
    }

    /** With what the definition says of it; keywords beside a $ref are JSON Schema of 2020. */
    ObjectNode described(FieldDescriptor field) {
        return describe(schema(field), comments.of(field.getFullName()));
    }

    ObjectNode schema(FieldDescriptor field) {
        if (field.isMapField()) {
            ObjectNode map = NODES.objectNode().put("type", "object");
            map.set("additionalProperties", one(field.getMessageType().findFieldByName("value")));
            return map;
        }
        if (field.isRepeated()) {
            ObjectNode array = NODES.objectNode().put("type", "array");
            array.set("items", one(field));
            return array;
        }
        return one(field);
    }

    private ObjectNode one(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> typed("integer").put("format", "int32");
            // Numbers of JSON do not hold them (RFC 8259, 6).
            case LONG -> typed("string").put("format", "int64");
            case FLOAT -> typed("number").put("format", "float");
            case DOUBLE -> typed("number").put("format", "double");
            case BOOLEAN -> typed("boolean");
            case STRING -> typed("string");
            case BYTE_STRING -> typed("string").put("format", "byte").put("contentEncoding", "base64");
            case ENUM -> enumeration(field.getEnumType());
            case MESSAGE -> ofMessage(field.getMessageType());
        };
    }

    private ObjectNode ofMessage(Descriptor type) {
        return switch (type.getFullName()) {
            case "google.protobuf.Timestamp" -> typed("string").put("format", "date-time");
            case "google.protobuf.Duration" -> typed("string").put("pattern", "^-?[0-9]+(\\.[0-9]{1,9})?s$");
            case "google.protobuf.FieldMask" -> typed("string");
            case "google.protobuf.Struct" -> typed("object").put("additionalProperties", true);
            case "google.protobuf.Value" -> NODES.objectNode();
            default -> reference(type);
        };
    }

    private ObjectNode enumeration(EnumDescriptor type) {
        String name = name(type.getFile(), type.getFullName());
        if (!components.containsKey(name)) {
            ObjectNode schema = typed("string");
            components.put(name, schema);
            StringBuilder told = new StringBuilder(comments.of(type.getFullName()));
            type.getValues().forEach(value -> schema.withArray("enum").add(value.getName()));
            for (EnumValueDescriptor value : type.getValues()) {
                @Nullable String comment = comments.byName().get(type.getFullName() + "." + value.getName());
                if (comment != null) {
                    told.append("\n- `").append(value.getName()).append("`: ").append(comment);
                }
            }
            describe(schema, told.toString().strip());
        }
        return reference(name);
    }

    /** Of other packages with the package before it: there are two kinds of host. */
    private static String name(FileDescriptor file, String fullName) {
        String inside = fullName.substring(file.getPackage().length() + 1).replace(".", "");
        if (file.getPackage().equals(PACKAGE)) {
            return inside;
        }
        String[] parts = file.getPackage().split("\\.", -1);
        String which = parts[parts.length - 2];
        return Character.toUpperCase(which.charAt(0)) + which.substring(1) + inside;
    }

    static ObjectNode describe(ObjectNode node, String description) {
        return description.isEmpty() ? node : node.put("description", description);
    }

    static ObjectNode typed(String type) {
        return NODES.objectNode().put("type", type);
    }
}
