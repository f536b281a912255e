package dev.drydock.playbooks.expr;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.drydock.proto.facts.v1.Host;
import java.util.Set;
import java.util.TreeSet;

/** The names of all facts, at any depth, for suggestions. */
final class HostFields {
    static final Set<String> NAMES = names();

    private HostFields() {}

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        collect(Host.getDescriptor(), names);
        return Set.copyOf(names);
    }

    private static void collect(Descriptor type, Set<String> names) {
        for (FieldDescriptor field : type.getFields()) {
            boolean fresh = names.add(field.getName());
            if (fresh && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField()) {
                collect(field.getMessageType(), names);
            }
        }
    }
}
