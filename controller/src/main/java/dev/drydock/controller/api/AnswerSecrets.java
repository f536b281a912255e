package dev.drydock.controller.api;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which answers may hold a secret, and what they tell of that is none. Told by the names of fields: rather one too many. */
final class AnswerSecrets {
    private static final Set<String> WORDS = Set.of("secret", "token", "password", "key", "url", "link", "code");

    private AnswerSecrets() {}

    /** Whether a message of this type may hold one, however deep. */
    static boolean mayHold(Descriptor type) {
        return mayHold(type, new HashSet<>());
    }

    private static boolean mayHold(Descriptor type, Set<Descriptor> seen) {
        // Facts are what hosts tell of themselves; whoever may look may see them.
        if (type.getFile().getPackage().equals("drydock.facts.v1") || !seen.add(type)) {
            return false;
        }
        for (FieldDescriptor field : type.getFields()) {
            boolean holds =
                    switch (field.getJavaType()) {
                        // "key" is what protobuf calls the keys of maps.
                        case STRING, BYTE_STRING -> !type.getOptions().getMapEntry() && isSecret(field.getName());
                        case MESSAGE -> mayHold(field.getMessageType(), seen);
                        default -> false;
                    };
            if (holds) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSecret(String name) {
        return WORDS.contains(name.substring(name.lastIndexOf('_') + 1));
    }

    /** The id or the name of what an answer tells of; empty: it has none. */
    static String made(Message answer) {
        return named(answer, "id").or(() -> named(answer, "name")).orElse("");
    }

    private static Optional<String> named(Message message, String name) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                continue;
            }
            if (field.getName().equals(name) && field.getJavaType() == JavaType.STRING) {
                return Optional.of((String) message.getField(field)).filter(text -> !text.isEmpty());
            }
            if (field.getJavaType() == JavaType.MESSAGE && message.hasField(field)) {
                Optional<String> inside = named((Message) message.getField(field), name);
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.empty();
    }
}
