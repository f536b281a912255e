package dev.drydock.controller.api.rest;

import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpMethod;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Optional;

/** How one method of the API is called by HTTP. */
record HttpBinding(MethodDescriptor<Message, Message> method, RestMethod rest) {
    /** Empty: the method has no {@code google.api.http}. */
    static Optional<HttpBinding> of(MethodDescriptor<?, ?> method) {
        if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier)) {
            return Optional.empty();
        }
        // The API's messages are all of protobuf.
        @SuppressWarnings("unchecked")
        MethodDescriptor<Message, Message> typed = (MethodDescriptor<Message, Message>) method;
        return RestMethod.of(supplier.getMethodDescriptor()).map(rest -> new HttpBinding(typed, rest));
    }

    Descriptors.MethodDescriptor definition() {
        return rest.definition();
    }

    HttpMethod verb() {
        return rest.verb();
    }

    PathTemplate path() {
        return rest.path();
    }

    String body() {
        return rest.body();
    }

    boolean isStream() {
        return definition().isServerStreaming();
    }

    boolean isUpload() {
        return definition().isClientStreaming();
    }

    Message.Builder newRequest() {
        return ((PrototypeMarshaller<Message>) method.getRequestMarshaller())
                .getMessagePrototype()
                .newBuilderForType();
    }
}
