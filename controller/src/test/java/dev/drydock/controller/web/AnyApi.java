package dev.drydock.controller.web;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Message;
import dev.drydock.proto.v1.Host;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every service of the API, with one answer for each type of message; or a refusal of everything. */
final class AnyApi {
    private final Function<Message, Message> answers;
    private final Function<String, Optional<Status>> refusal;

    /** @param answers by an empty one */
    AnyApi(Function<Message, Message> answers) {
        this(answers, method -> Optional.empty());
    }

    AnyApi(Status refusal) {
        this(empty -> empty, method -> Optional.of(refusal));
    }

    /** @param refusal by the full name of the method */
    AnyApi(Function<Message, Message> answers, Function<String, Optional<Status>> refusal) {
        this.answers = answers;
        this.refusal = refusal;
    }

    List<BindableService> services() throws IOException {
        try (InputStream definition = Host.class.getResourceAsStream("/dev/drydock/proto/drydock.protoset")) {
            return FileDescriptorSet.parseFrom(definition).getFileList().stream()
                    .filter(file -> file.getPackage().equals("drydock.v1"))
                    .flatMap(file -> file.getServiceList().stream())
                    .map(service -> service(service.getName()))
                    .toList();
        }
    }

    private BindableService service(String name) {
        ServiceDescriptor descriptor;
        try {
            descriptor = (ServiceDescriptor) Class.forName(Host.class.getPackageName() + "." + name + "Grpc")
                    .getMethod("getServiceDescriptor")
                    .invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor);
        descriptor.getMethods().forEach(method -> add(definition, method));
        return definition::build;
    }

    @SuppressWarnings("unchecked") // all of them are of messages
    private void add(ServerServiceDefinition.Builder definition, MethodDescriptor<?, ?> any) {
        MethodDescriptor<Message, Message> method = (MethodDescriptor<Message, Message>) any;
        if (method.getType().clientSendsOneMessage()) {
            definition.addMethod(method, ServerCalls.asyncServerStreamingCall((request, call) -> answer(method, call)));
        } else {
            definition.addMethod(method, ServerCalls.asyncClientStreamingCall(call -> {
                throw Status.UNIMPLEMENTED.asRuntimeException();
            }));
        }
    }

    private void answer(MethodDescriptor<Message, Message> method, StreamObserver<Message> call) {
        Optional<Status> refused = refusal.apply(method.getFullMethodName());
        if (refused.isPresent()) {
            call.onError(refused.get().asRuntimeException());
            return;
        }
        Message empty =
                ((MethodDescriptor.PrototypeMarshaller<Message>) method.getResponseMarshaller()).getMessagePrototype();
        call.onNext(answers.apply(empty));
        call.onCompleted();
    }
}
