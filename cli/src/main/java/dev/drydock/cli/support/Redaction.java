package dev.drydock.cli.support;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Messages without what may be a secret. The controller's answers hold none but those that make one; this is the second lock,
 * by the names of fields, rather one too many: also addresses, and what playbooks were given as parameters. Pure.
 */
final class Redaction {
    static final String LEFT_OUT = "(left out)";

    private static final Set<String> WORDS =
            Set.of("secret", "token", "password", "key", "url", "link", "code", "mail", "params", "comment");
    private static final Pattern WORD = Pattern.compile("_");

    private Redaction() {}

    static Message of(Message message) {
        Message.Builder left = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.isMapField()) {
                if (suspect(field)) {
                    left.clearField(field);
                }
            } else if (field.isRepeated()) {
                for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                    left.setRepeatedField(field, i, value(field, message.getRepeatedField(field, i)));
                }
            } else {
                left.setField(field, value(field, entry.getValue()));
            }
        }
        return left.build();
    }

    private static Object value(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case MESSAGE -> of((Message) value);
            case STRING -> suspect(field) ? LEFT_OUT : value;
            case BYTE_STRING -> field.getDefaultValue();
            default -> value;
        };
    }

    private static boolean suspect(FieldDescriptor field) {
        return WORD.splitAsStream(field.getName().toLowerCase(Locale.ROOT)).anyMatch(WORDS::contains);
    }
}
