package dev.drydock.controller.api.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts JSON into a message, field by field, so that each problem can be told with the field's place. What each value means is
 * protobuf's own {@link JsonFormat}'s to say.
 */
final class JsonRequest {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();
    private static final int LONGEST_SHOWN = 60;

    private final List<String> problems = new ArrayList<>();

    /** What was wrong, each with the field, what it holds and what was expected. */
    List<String> problems() {
        return problems;
    }

    /** An empty body has no fields. */
    void body(byte[] body, Message.Builder into, String place) {
        Optional<JsonNode> read = parsed(body);
        read.ifPresent(node -> object(node, into, place));
    }

    private Optional<JsonNode> parsed(byte[] body) {
        if (body.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(Utf8.text(body)));
        } catch (BadTextException e) {
            problems.add("body: " + e.getMessage());
        } catch (JsonProcessingException e) {
            // What is nested too deeply has no place.
            @Nullable JsonLocation at = e.getLocation();
            problems.add("body: is no JSON"
                    + (at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr())
                    + ": " + e.getOriginalMessage());
        }
        return Optional.empty();
    }

    private void object(JsonNode node, Message.Builder into, String place) {
        if (node.isNull()) {
            return;
        }
        if (!node.isObject()) {
            problems.add((place.isEmpty() ? "body" : place) + ": " + shown(node) + " is not an object");
            return;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String name = place.isEmpty() ? entry.getKey() : place + "." + entry.getKey();
            Optional<FieldDescriptor> field = Fields.named(into.getDescriptorForType(), entry.getKey());
            if (field.isEmpty()) {
                problems.add(
                        name + ": is no field of " + into.getDescriptorForType().getName() + "; there are "
                                + Fields.names(into.getDescriptorForType()));
            } else {
                field(field.get(), entry.getValue(), into, name);
            }
        }
    }

    /** @param place how the field is called in what is told */
    void field(FieldDescriptor field, JsonNode value, Message.Builder into, String place) {
        if (value.isNull()) {
            return;
        }
        if (isSet(field, into)) {
            problems.add(place + ": is given twice, or beside another field that excludes it");
        } else if (!isPlainMessage(field)) {
            value(field, value, into, place);
        } else if (!field.isRepeated()) {
            object(value, into.getFieldBuilder(field), place);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                Message.Builder element = into.newBuilderForField(field);
                object(value.get(i), element, place + "[" + i + "]");
                into.addRepeatedField(field, element.buildPartial());
            }
        } else {
            problems.add(place + ": " + shown(value) + " is not an array");
        }
    }

    private void value(FieldDescriptor field, JsonNode value, Message.Builder into, String place) {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.set(field.getJsonName(), value);
        try {
            PARSER.merge(alone.toString(), into);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            problems.add(place + ": " + shown(value) + " is not " + Fields.expected(field));
        }
    }

    private static boolean isSet(FieldDescriptor field, Message.Builder into) {
        if (field.isRepeated()) {
            return into.getRepeatedFieldCount(field) > 0;
        }
        return into.hasField(field)
                || field.getRealContainingOneof() != null && into.hasOneof(field.getRealContainingOneof());
    }

    /** One whose JSON is an object with its fields; not a map, nor a time. */
    static boolean isPlainMessage(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE && !field.isMapField() && !isWellKnown(field.getMessageType());
    }

    static boolean isWellKnown(Descriptor type) {
        return type.getFile().getPackage().equals("google.protobuf");
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }
}
