package dev.drydock.controller.api.rest;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the definition says of services, methods, messages, fields, enums and their values.
 *
 * @param byName full names; of a value it is that of its enum, a dot and its own
 */
record Comments(Map<String, String> byName) {
    /** Field numbers of descriptor.proto, of which the paths of locations consist. */
    private static final int MESSAGES = 4;

    private static final int ENUMS = 5;
    private static final int SERVICES = 6;
    private static final int FIELDS = 2;
    private static final int NESTED_MESSAGES = 3;
    private static final int NESTED_ENUMS = 4;

    static Comments of(List<FileDescriptorProto> files) {
        Map<String, String> comments = new HashMap<>();
        for (FileDescriptorProto file : files) {
            for (Location location : file.getSourceCodeInfo().getLocationList()) {
                String text = location.getLeadingComments().strip().replaceAll("\\s*\\n\\s*", " ");
                String name = text.isEmpty() ? "" : name(file, location.getPathList());
                if (!name.isEmpty()) {
                    comments.put(file.getPackage() + "." + name, text);
                }
            }
        }
        return new Comments(Map.copyOf(comments));
    }

    /** Empty: nothing is said. */
    String of(String fullName) {
        return byName.getOrDefault(fullName, "");
    }

    /** Empty: the path is of something else. */
    private static String name(FileDescriptorProto file, List<Integer> path) {
        if (path.size() < 2) {
            return "";
        }
        List<Integer> rest = path.subList(2, path.size());
        return switch (path.getFirst()) {
            case MESSAGES -> message(file.getMessageType(path.get(1)), rest);
            case ENUMS -> enumeration(file.getEnumType(path.get(1)), rest);
            case SERVICES -> service(file.getService(path.get(1)), rest);
            default -> "";
        };
    }

    private static String message(DescriptorProto message, List<Integer> path) {
        if (path.isEmpty()) {
            return message.getName();
        }
        if (path.size() < 2) {
            return "";
        }
        List<Integer> rest = path.subList(2, path.size());
        String inside =
                switch (path.getFirst()) {
                    case FIELDS ->
                        rest.isEmpty() ? message.getField(path.get(1)).getName() : "";
                    case NESTED_MESSAGES -> message(message.getNestedType(path.get(1)), rest);
                    case NESTED_ENUMS -> enumeration(message.getEnumType(path.get(1)), rest);
                    default -> "";
                };
        return inside.isEmpty() ? "" : message.getName() + "." + inside;
    }

    private static String enumeration(EnumDescriptorProto type, List<Integer> path) {
        if (path.isEmpty()) {
            return type.getName();
        }
        return path.size() == 2 && path.getFirst() == FIELDS
                ? type.getName() + "." + type.getValue(path.get(1)).getName()
                : "";
    }

    private static String service(ServiceDescriptorProto service, List<Integer> path) {
        if (path.isEmpty()) {
            return service.getName();
        }
        return path.size() == 2 && path.getFirst() == FIELDS
                ? service.getName() + "." + service.getMethod(path.get(1)).getName()
                : "";
    }
}
