package dev.drydock.controller.api;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leaves of an answer what the request's {@code read_mask} names (AIP-157); of a list, what it names of each. */
final class ReadMasks implements ServerInterceptor {
    private static final String MASK = "read_mask";

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!(call.getMethodDescriptor().getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier definition)
                || definition.getMethodDescriptor().getInputType().findFieldByName(MASK) == null) {
            return next.startCall(call, headers);
        }
        Masked<Q, A> masked =
                new Masked<>(call, definition.getMethodDescriptor().getOutputType());
        return new SimpleForwardingServerCallListener<>(next.startCall(masked, headers)) {
            @Override
            public void onMessage(Q request) {
                masked.ask((Message) request);
                super.onMessage(request);
            }
        };
    }

    private static final class Masked<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final Optional<FieldDescriptor> list;
        private final Descriptor resource;
        private volatile FieldMask mask = FieldMask.getDefaultInstance();

        Masked(ServerCall<Q, A> call, Descriptor answer) {
            super(call);
            this.list = list(answer);
            this.resource = list.map(FieldDescriptor::getMessageType).orElse(answer);
        }

        /** Of answers that have pages, the field with what was found. */
        private static Optional<FieldDescriptor> list(Descriptor answer) {
            @Nullable FieldDescriptor next = answer.findFieldByName("next_page_token");
            return next == null
                    ? Optional.empty()
                    : answer.getFields().stream()
                            .filter(field -> field.isRepeated() && field.getJavaType() == JavaType.MESSAGE)
                            .findFirst();
        }

        /** @throws io.grpc.StatusRuntimeException when it names what there is not */
        void ask(Message request) {
            FieldMask asked =
                    (FieldMask) request.getField(request.getDescriptorForType().findFieldByName(MASK));
            List<String> unknown = asked.getPathsList().stream()
                    .filter(path -> !FieldMaskUtil.isValid(resource, path))
                    .map(path -> MASK + ": \"" + path + "\" is no field of " + resource.getName())
                    .toList();
            if (!unknown.isEmpty()) {
                throw Refusals.invalid(unknown);
            }
            mask = asked;
        }

        @Override
        public void sendMessage(A answer) {
            super.sendMessage(mask.getPathsCount() == 0 ? answer : left(answer));
        }

        private A left(A answer) {
            Message whole = (Message) answer;
            Message left = list.map(field -> leftOfEach(field, whole)).orElseGet(() -> leftOf(whole));
            // Of the same type as the answer.
            @SuppressWarnings("unchecked")
            A told = (A) left;
            return told;
        }

        private Message leftOfEach(FieldDescriptor field, Message whole) {
            Message.Builder left = whole.toBuilder().clearField(field);
            for (int i = 0; i < whole.getRepeatedFieldCount(field); i++) {
                left.addRepeatedField(field, leftOf((Message) whole.getRepeatedField(field, i)));
            }
            return left.build();
        }

        private Message leftOf(Message whole) {
            Message.Builder left = whole.newBuilderForType();
            FieldMaskUtil.merge(mask, whole, left);
            return left.build();
        }
    }
}
