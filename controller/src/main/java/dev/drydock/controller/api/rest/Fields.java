package dev.drydock.controller.api.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Optional;
import java.util.stream.Collectors;

/** What fields are called and hold, in words for people. */
final class Fields {
    private Fields() {}

    /** By its name in JSON or in the definition. */
    static Optional<FieldDescriptor> named(Descriptor type, String name) {
        return type.getFields().stream()
                .filter(field ->
                        field.getJsonName().equals(name) || field.getName().equals(name))
                .findFirst();
    }

    static String names(Descriptor type) {
        return type.getFields().isEmpty()
                ? "none"
                : type.getFields().stream().map(FieldDescriptor::getJsonName).collect(Collectors.joining(", "));
    }

    /** To be read after "is not". */
    static String expected(FieldDescriptor field) {
        if (field.isMapField()) {
            return "an object whose values are each "
                    + one(field.getMessageType().findFieldByName("value"));
        }
        return field.isRepeated() ? "an array of which each is " + one(field) : one(field);
    }

    private static String one(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> "a whole number of 32 bits";
            case LONG -> "a whole number of 64 bits";
            case FLOAT, DOUBLE -> "a number";
            case BOOLEAN -> "true or false";
            case STRING -> "a string";
            case BYTE_STRING -> "bytes in base64";
            case ENUM ->
                "one of "
                        + field.getEnumType().getValues().stream()
                                .map(EnumValueDescriptor::getName)
                                .collect(Collectors.joining(", "));
            case MESSAGE -> ofType(field.getMessageType());
        };
    }

    private static String ofType(Descriptor type) {
        return switch (type.getFullName()) {
            case "google.protobuf.Timestamp" -> "a time like \"2026-11-29T02:00:00Z\"";
            case "google.protobuf.Duration" -> "a span of time in seconds like \"90s\"";
            case "google.protobuf.FieldMask" -> "a list of fields like \"name,createdAt\"";
            default -> "JSON of " + type.getFullName();
        };
    }
}
