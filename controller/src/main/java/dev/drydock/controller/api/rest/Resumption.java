package dev.drydock.controller.api.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpRequest;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * What the ids of a stream's events are. A stream that tells of bytes at an {@code offset}, and can be asked to begin at one, has the
 * offset after each event as its id and goes on after the last that a client has had; others count, and begin with what there is now.
 */
final class Resumption {
    private static final String OFFSET = "offset";
    private static final String DATA = "data";

    private final Message request;
    private final boolean byOffset;
    private long count;

    private Resumption(Message request, boolean byOffset) {
        this.request = request;
        this.byOffset = byOffset;
    }

    /** @throws io.grpc.StatusRuntimeException when the client says that it has had what cannot be */
    static Resumption from(HttpBinding binding, Message request, HttpRequest http) {
        @Nullable FieldDescriptor offset = offset(request);
        @Nullable FieldDescriptor data = binding.definition().getOutputType().findFieldByName(DATA);
        if (offset == null || data == null || data.getJavaType() != JavaType.BYTE_STRING) {
            return new Resumption(request, false);
        }
        @Nullable String last = http.headers().get("last-event-id");
        if (last == null || last.isEmpty()) {
            return new Resumption(request, true);
        }
        try {
            return new Resumption(
                    request.toBuilder().setField(offset, Long.parseLong(last)).build(), true);
        } catch (NumberFormatException e) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("Last-Event-ID: \"" + last + "\" is not the id of an event of this stream")
                    .asRuntimeException();
        }
    }

    private static @Nullable FieldDescriptor offset(Message message) {
        @Nullable FieldDescriptor field = message.getDescriptorForType().findFieldByName(OFFSET);
        return field != null && field.getJavaType() == JavaType.LONG ? field : null;
    }

    /** With the offset to begin at. */
    Message request() {
        return request;
    }

    /** Asked once for each message, in order. */
    String idOf(Message message) {
        @Nullable FieldDescriptor offset = offset(message);
        if (!byOffset || offset == null) {
            return Long.toString(++count);
        }
        ByteString data =
                (ByteString) message.getField(message.getDescriptorForType().findFieldByName(DATA));
        return Long.toString((Long) message.getField(offset) + data.size());
    }
}
