package dev.drydock.agent.action;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes the free-form messages that are journaled: what an action needs for its way back, what a check saw. An
 * absent field is empty, false or zero, so what is that is not written.
 */
final class Structs {
    private final Struct.Builder fields = Struct.newBuilder();

    Structs put(String key, String value) {
        return value.isEmpty() ? this : put(key, Value.newBuilder().setStringValue(value));
    }

    Structs put(String key, boolean value) {
        return value ? put(key, Value.newBuilder().setBoolValue(true)) : this;
    }

    /** Exact up to 2^53. */
    Structs put(String key, long value) {
        return value == 0 ? this : put(key, Value.newBuilder().setNumberValue(value));
    }

    Structs put(String key, double value) {
        return put(key, Value.newBuilder().setNumberValue(value));
    }

    Structs put(String key, Struct value) {
        return put(key, Value.newBuilder().setStructValue(value));
    }

    Structs putStrings(String key, Collection<String> values) {
        ListValue.Builder list = ListValue.newBuilder();
        values.forEach(v -> list.addValues(Value.newBuilder().setStringValue(v)));
        return values.isEmpty() ? this : put(key, Value.newBuilder().setListValue(list));
    }

    Structs putStructs(String key, Collection<Struct> values) {
        ListValue.Builder list = ListValue.newBuilder();
        values.forEach(v -> list.addValues(Value.newBuilder().setStructValue(v)));
        return values.isEmpty() ? this : put(key, Value.newBuilder().setListValue(list));
    }

    private Structs put(String key, Value.Builder value) {
        fields.putFields(key, value.build());
        return this;
    }

    Struct build() {
        return fields.build();
    }

    static String string(Struct struct, String key) {
        return field(struct, key).getStringValue();
    }

    static boolean flag(Struct struct, String key) {
        return field(struct, key).getBoolValue();
    }

    static long integer(Struct struct, String key) {
        return Math.round(field(struct, key).getNumberValue());
    }

    static Optional<Double> number(Struct struct, String key) {
        return Optional.ofNullable(struct.getFieldsMap().get(key)).map(Value::getNumberValue);
    }

    static Struct struct(Struct struct, String key) {
        return field(struct, key).getStructValue();
    }

    static List<String> strings(Struct struct, String key) {
        return field(struct, key).getListValue().getValuesList().stream()
                .map(Value::getStringValue)
                .toList();
    }

    static List<Struct> structs(Struct struct, String key) {
        return field(struct, key).getListValue().getValuesList().stream()
                .map(Value::getStructValue)
                .toList();
    }

    private static Value field(Struct struct, String key) {
        return struct.getFieldsOrDefault(key, Value.getDefaultInstance());
    }
}
