package dev.drydock.controller.api;

import com.google.protobuf.Message;
import dev.drydock.proto.v1.PlanRolloutRequest;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Calls of any method of the API, by its own descriptor. */
final class EveryMethod {
    private EveryMethod() {}

    /** What came of a call. @param text all that the caller can read of the answer */
    record Outcome(Status.Code code, String text) {}

    /** By the generated code, so that a method that no service has yet is here too. */
    static Stream<ServiceDescriptor> services() {
        return PermissionsTest.methods()
                .map(method -> method.getService().getName())
                .distinct()
                .map(EveryMethod::generated);
    }

    private static ServiceDescriptor generated(String service) {
        try {
            return (ServiceDescriptor) Class.forName(PlanRolloutRequest.class.getPackageName() + "." + service + "Grpc")
                    .getMethod("getServiceDescriptor")
                    .invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // all of them are of messages
    static Stream<MethodDescriptor<Message, Message>> methods() {
        return services().flatMap(service -> service.getMethods().stream()).map(method ->
                (MethodDescriptor<Message, Message>) (MethodDescriptor<?, ?>) method);
    }

    /** A service that takes every call and answers with nothing: what is asked of it was let through. */
    static BindableService taking(ServiceDescriptor service) {
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
        methods()
                .filter(method -> service.getName().equals(method.getServiceName()))
                .forEach(method -> definition.addMethod(
                        method,
                        method.getType() == MethodDescriptor.MethodType.CLIENT_STREAMING
                                ? ServerCalls.asyncClientStreamingCall(call -> taken(method, call))
                                : ServerCalls.asyncUnaryCall((request, call) -> taken(method, call))));
        return definition::build;
    }

    private static StreamObserver<Message> taken(
            MethodDescriptor<Message, Message> method, StreamObserver<Message> call) {
        call.onNext(empty(method));
        call.onCompleted();
        return new StreamObserver<>() {
            @Override
            public void onNext(Message request) {}

            @Override
            public void onError(Throwable gone) {}

            @Override
            public void onCompleted() {}
        };
    }

    private static Message empty(MethodDescriptor<Message, Message> method) {
        return ((MethodDescriptor.PrototypeMarshaller<Message>) method.getResponseMarshaller()).getMessagePrototype();
    }

    static Message emptyRequest(MethodDescriptor<Message, Message> method) {
        return ((MethodDescriptor.PrototypeMarshaller<Message>) method.getRequestMarshaller()).getMessagePrototype();
    }

    static Outcome call(
            ManagedChannel channel, MethodDescriptor<Message, Message> method, Message request, String header) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), header);
        var authorized =
                io.grpc.ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
        List<String> answers = new ArrayList<>();
        try {
            if (method.getType() == MethodDescriptor.MethodType.SERVER_STREAMING) {
                var stream = ClientCalls.blockingServerStreamingCall(authorized, method, options, request);
                // The first is enough: some go on until something happens.
                if (stream.hasNext()) {
                    answers.add(stream.next().toString());
                }
            } else {
                // Also of one that takes several requests: there is just this one then.
                answers.add(ClientCalls.blockingUnaryCall(
                                authorized,
                                method.toBuilder()
                                        .setType(MethodDescriptor.MethodType.UNARY)
                                        .build(),
                                options,
                                request)
                        .toString());
            }
            return new Outcome(Status.Code.OK, String.join("\n", answers));
        } catch (StatusRuntimeException e) {
            return new Outcome(
                    e.getStatus().getCode(), String.valueOf(e.getStatus().getDescription()));
        }
    }
}
