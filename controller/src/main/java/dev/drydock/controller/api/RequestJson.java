package dev.drydock.controller.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.drydock.controller.security.Sha256;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes JSON of one message, without its secrets, which it collects. */
final class RequestJson {
    static final String REDACTED = "[redacted]";

    /** Whose names do not tell: links that let in whoever has them. */
    private static final Set<String> SECRET = Set.of(
            "drydock.v1.CreateCalendarRequest.url",
            "drydock.v1.CreateTeamRequest.webhook",
            "drydock.v1.CreateTeamRequest.webhook_secret",
            "drydock.v1.ReportScheduleSpec.webhook");

    /** A name with one of these words in it is that of a secret, in whatever message: a new one is not forgotten. */
    private static final Set<String> SECRET_WORDS =
            Set.of("password", "passphrase", "passwd", "secret", "token", "totp", "otp", "code");

    private static final int LONGEST = 1024;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<String> secrets = new ArrayList<>();

    List<String> secrets() {
        return secrets;
    }

    ObjectNode object(Message message) {
        ObjectNode object = NODES.objectNode();
        message.getAllFields().forEach((field, value) -> object.set(field.getJsonName(), field(field, value)));
        return object;
    }

    static ObjectNode digest(byte[] content) {
        return NODES.objectNode()
                .put("sha256", HexFormat.of().formatHex(Sha256.of(content)))
                .put("bytes", content.length);
    }

    /** Whether a field, or an entry of a map, of this name holds a secret; the id of one is none. */
    static boolean isSecret(String name) {
        List<String> words = Stream.of(name.split("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        return words.stream().anyMatch(SECRET_WORDS::contains)
                && !words.getLast().equals("id");
    }

    private JsonNode field(FieldDescriptor field, Object value) {
        if (SECRET.contains(field.getFullName()) || isSecret(field.getName())) {
            return redacted(value);
        }
        if (field.isMapField()) {
            return map(field, (List<?>) value);
        }
        if (value instanceof List<?> values) {
            ArrayNode array = NODES.arrayNode();
            values.forEach(one -> array.add(value(field, one)));
            return array;
        }
        return value(field, value);
    }

    private ObjectNode map(FieldDescriptor field, List<?> entries) {
        ObjectNode object = NODES.objectNode();
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        for (Object one : entries) {
            Message entry = (Message) one;
            String name = String.valueOf(entry.getField(key));
            Object held = entry.getField(value);
            object.set(name, isSecret(name) ? redacted(held) : value(value, held));
        }
        return object;
    }

    private JsonNode redacted(Object value) {
        collect(value);
        return NODES.textNode(REDACTED);
    }

    private void collect(Object value) {
        switch (value) {
            case String text -> secrets.add(text);
            case ByteString bytes -> secrets.add(bytes.toString(StandardCharsets.ISO_8859_1));
            case Message message -> message.getAllFields().values().forEach(this::collect);
            case List<?> values -> values.forEach(this::collect);
            case Map<?, ?> map -> map.values().forEach(this::collect);
            default -> {}
        }
    }

    private JsonNode value(FieldDescriptor field, Object value) {
        return switch (value) {
            case String text -> text(text);
            case ByteString bytes -> bytes(bytes);
            case Timestamp time -> NODES.textNode(Times.instant(time).toString());
            case Duration time -> NODES.textNode(seconds(time));
            case Message message -> object(message);
            case EnumValueDescriptor constant -> NODES.textNode(constant.getName());
            case Boolean truth -> NODES.booleanNode(truth);
            case Integer number when unsigned(field) -> NODES.numberNode(Integer.toUnsignedLong(number));
            case Integer number -> NODES.numberNode(number);
            // As proto3's JSON has them: readers with floating point only would lose digits.
            case Long number when unsigned(field) -> NODES.textNode(Long.toUnsignedString(number));
            case Long number -> NODES.textNode(Long.toString(number));
            default -> NODES.textNode(String.valueOf(value));
        };
    }

    private static boolean unsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, FIXED32, UINT64, FIXED64 -> true;
            default -> false;
        };
    }

    private static String seconds(Duration time) {
        return new BigDecimal(time.getSeconds())
                        .add(BigDecimal.valueOf(time.getNanos(), 9))
                        .stripTrailingZeros()
                        .toPlainString()
                + "s";
    }

    private static JsonNode text(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return content.length <= LONGEST ? NODES.textNode(text) : digest(content);
    }

    private static JsonNode bytes(ByteString bytes) {
        return bytes.size() <= LONGEST
                ? NODES.textNode(Base64.getEncoder().encodeToString(bytes.toByteArray()))
                : digest(bytes.toByteArray());
    }
}
