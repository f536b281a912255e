package dev.drydock.controller.api.rest;

import com.google.api.AnnotationsProto;
import com.google.api.HttpProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API's definition as the build kept it, with its comments, which classes made of it do not have.
 *
 * @param services of {@code drydock.v1}, by name
 */
record ApiDefinition(List<ServiceDescriptor> services, Comments comments) {
    private static final String RESOURCE = "/dev/drydock/proto/drydock.protoset";
    private static final String PACKAGE = "drydock.v1";
    private static final List<FileDescriptor> OTHERS = List.of(
            AnnotationsProto.getDescriptor(),
            HttpProto.getDescriptor(),
            DurationProto.getDescriptor(),
            TimestampProto.getDescriptor(),
            FieldMaskProto.getDescriptor(),
            EmptyProto.getDescriptor(),
            StructProto.getDescriptor(),
            WrappersProto.getDescriptor());

    static ApiDefinition read() {
        ExtensionRegistry extensions = ExtensionRegistry.newInstance();
        extensions.add(AnnotationsProto.http);
        try (InputStream resource = ApiDefinition.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the program was built without " + RESOURCE);
            }
            return of(FileDescriptorSet.parseFrom(resource, extensions).getFileList());
        } catch (IOException | DescriptorValidationException e) {
            throw new IllegalStateException(RESOURCE + " is broken", e);
        }
    }

    /** protoc writes each file after those that it imports. */
    private static ApiDefinition of(List<FileDescriptorProto> files) throws DescriptorValidationException {
        Map<String, FileDescriptor> known = new LinkedHashMap<>();
        OTHERS.forEach(file -> known.put(file.getName(), file));
        List<ServiceDescriptor> services = new ArrayList<>();
        for (FileDescriptorProto file : files) {
            List<FileDescriptor> imports = new ArrayList<>();
            for (String imported : file.getDependencyList()) {
                @Nullable FileDescriptor descriptor = known.get(imported);
                if (descriptor == null) {
                    throw new IllegalStateException(
                            file.getName() + " imports " + imported + ", which REST does not know");
                }
                imports.add(descriptor);
            }
            FileDescriptor built = FileDescriptor.buildFrom(file, imports.toArray(FileDescriptor[]::new));
            known.put(file.getName(), built);
            if (built.getPackage().equals(PACKAGE)) {
                services.addAll(built.getServices());
            }
        }
        services.sort(Comparator.comparing(ServiceDescriptor::getName));
        return new ApiDefinition(List.copyOf(services), Comments.of(files));
    }
}
