package dev.drydock.controller.markup;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Map;

/**
 * Messages of which every field is filled, every text with markup, by their own descriptors: so that a field that comes later is
 * filled too.
 *
 * @param turn which of an enum's values it has; flags are set at every second turn
 * @param plain texts that must be something else, by the names of their fields
 */
public record Filled(int turn, long seconds, Map<String, String> plain) {
    private static final int DEEPEST = 7;

    public Filled {
        plain = Map.copyOf(plain);
    }

    @SuppressWarnings("unchecked") // a message of the prototype's type
    public <M extends Message> M of(M prototype) {
        return (M) message(prototype.newBuilderForType(), 0);
    }

    private Message message(Message.Builder builder, int depth) {
        String type = builder.getDescriptorForType().getFullName();
        switch (type) {
            case "google.protobuf.Struct" -> {
                return builder.mergeFrom(Struct.newBuilder()
                                .putFields(
                                        Markup.EVIL,
                                        Value.newBuilder()
                                                .setStringValue(Markup.EVIL)
                                                .build())
                                .build())
                        .build();
            }
            case "google.protobuf.Timestamp", "google.protobuf.Duration" -> {
                boolean time = type.endsWith("Timestamp");
                return builder.setField(
                                builder.getDescriptorForType().findFieldByName("seconds"), time ? seconds : 3600L)
                        .build();
            }
            default -> builder.getDescriptorForType().getFields().forEach(field -> fill(builder, field, depth));
        }
        return builder.build();
    }

    private void fill(Message.Builder builder, FieldDescriptor field, int depth) {
        boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        if (message && depth >= DEEPEST) {
            return;
        }
        Object value = message ? message(builder.newBuilderForField(field), depth + 1) : scalar(field);
        if (field.isRepeated()) {
            builder.addRepeatedField(field, value);
        } else {
            builder.setField(field, value);
        }
    }

    private Object scalar(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> plain.getOrDefault(field.getName(), Markup.EVIL);
            case BYTE_STRING -> ByteString.copyFromUtf8(Markup.EVIL);
            case BOOLEAN -> turn % 2 == 1;
            case INT -> 1;
            case LONG -> 1L;
            case FLOAT -> 1f;
            case DOUBLE -> 1d;
            case ENUM -> {
                List<EnumValueDescriptor> values = field.getEnumType().getValues();
                // The first is that nothing is said.
                yield values.get(1 + turn % (values.size() - 1));
            }
            case MESSAGE -> throw new IllegalArgumentException(field.getFullName());
        };
    }
}
