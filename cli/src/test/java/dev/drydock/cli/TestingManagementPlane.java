package dev.drydock.cli;

import com.google.protobuf.Message;
import dev.drydock.proto.v1.AccessServiceGrpc;
import dev.drydock.proto.v1.AccountServiceGrpc;
import dev.drydock.proto.v1.ArtifactServiceGrpc;
import dev.drydock.proto.v1.AssessmentServiceGrpc;
import dev.drydock.proto.v1.AuditServiceGrpc;
import dev.drydock.proto.v1.CalendarServiceGrpc;
import dev.drydock.proto.v1.ContractServiceGrpc;
import dev.drydock.proto.v1.ControllerServiceGrpc;
import dev.drydock.proto.v1.DiagnosisServiceGrpc;
import dev.drydock.proto.v1.ExplanationServiceGrpc;
import dev.drydock.proto.v1.FeedServiceGrpc;
import dev.drydock.proto.v1.HostServiceGrpc;
import dev.drydock.proto.v1.IncidentServiceGrpc;
import dev.drydock.proto.v1.NotificationServiceGrpc;
import dev.drydock.proto.v1.PlaybookServiceGrpc;
import dev.drydock.proto.v1.PolicyServiceGrpc;
import dev.drydock.proto.v1.ReportScheduleServiceGrpc;
import dev.drydock.proto.v1.ReportServiceGrpc;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RunServiceGrpc;
import dev.drydock.proto.v1.SimulationServiceGrpc;
import dev.drydock.proto.v1.SystemServiceGrpc;
import dev.drydock.proto.v1.TeamServiceGrpc;
import dev.drydock.proto.v1.TokenServiceGrpc;
import dev.drydock.proto.v1.UserServiceGrpc;
import dev.drydock.proto.v1.VulnerabilityServiceGrpc;
import dev.drydock.proto.v1.WaiverServiceGrpc;
import dev.drydock.proto.v1.WindowServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/**
 * A double of the controller's management plane on loopback, behind real TLS 1.3 and a bearer token: it answers what a test says and
 * remembers what it was asked.
 */
final class TestingManagementPlane implements AutoCloseable {
    static final String TOKEN = "secret-of-the-test";

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final List<ServiceDescriptor> SERVICES = List.of(
            SystemServiceGrpc.getServiceDescriptor(),
            ControllerServiceGrpc.getServiceDescriptor(),
            AuditServiceGrpc.getServiceDescriptor(),
            UserServiceGrpc.getServiceDescriptor(),
            AccessServiceGrpc.getServiceDescriptor(),
            AccountServiceGrpc.getServiceDescriptor(),
            TokenServiceGrpc.getServiceDescriptor(),
            HostServiceGrpc.getServiceDescriptor(),
            AssessmentServiceGrpc.getServiceDescriptor(),
            PlaybookServiceGrpc.getServiceDescriptor(),
            ArtifactServiceGrpc.getServiceDescriptor(),
            WindowServiceGrpc.getServiceDescriptor(),
            CalendarServiceGrpc.getServiceDescriptor(),
            TeamServiceGrpc.getServiceDescriptor(),
            NotificationServiceGrpc.getServiceDescriptor(),
            ContractServiceGrpc.getServiceDescriptor(),
            IncidentServiceGrpc.getServiceDescriptor(),
            RolloutServiceGrpc.getServiceDescriptor(),
            RunServiceGrpc.getServiceDescriptor(),
            DiagnosisServiceGrpc.getServiceDescriptor(),
            ExplanationServiceGrpc.getServiceDescriptor(),
            ReportServiceGrpc.getServiceDescriptor(),
            ReportScheduleServiceGrpc.getServiceDescriptor(),
            PolicyServiceGrpc.getServiceDescriptor(),
            WaiverServiceGrpc.getServiceDescriptor(),
            VulnerabilityServiceGrpc.getServiceDescriptor(),
            FeedServiceGrpc.getServiceDescriptor(),
            SimulationServiceGrpc.getServiceDescriptor());

    private final TestingCertificates certificates = TestingCertificates.create();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Message> requests = new CopyOnWriteArrayList<>();
    private final int port;
    private Server server;

    TestingManagementPlane() {
        server = start(0);
        port = server.getPort();
    }

    /** Gives a call its messages and its end. */
    private interface Answer {
        void to(Message request, StreamObserver<Message> call);
    }

    /** @param method without its service, for example {@code GetHost} */
    <Q extends Message> void answer(String method, Class<Q> type, Function<Q, Message> answer) {
        answers.put(method, (request, call) -> {
            try {
                call.onNext(answer.apply(type.cast(request)));
                call.onCompleted();
            } catch (StatusRuntimeException e) {
                call.onError(e);
            }
        });
    }

    void answer(String method, Message... messages) {
        answers.put(method, (request, call) -> {
            List.of(messages).forEach(call::onNext);
            call.onCompleted();
        });
    }

    void refuse(String method, Status status) {
        answers.put(method, (request, call) -> call.onError(status.asRuntimeException()));
    }

    /** Sends these and then keeps the call open. */
    void hold(String method, Message... messages) {
        answers.put(method, (request, call) -> List.of(messages).forEach(call::onNext));
    }

    /** What was asked, oldest first, of this type. */
    <Q extends Message> List<Q> asked(Class<Q> type) {
        return requests.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** All that was asked, oldest first. */
    List<Message> asked() {
        return List.copyOf(requests);
    }

    String address() {
        return "localhost:" + port;
    }

    String ca() {
        return certificates.ca();
    }

    /** Ends all calls and listens no more. */
    void stop() {
        try {
            if (!server.shutdownNow().awaitTermination(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Listens again where it did. */
    void startAgain() {
        server = start(port);
    }

    @Override
    public void close() {
        stop();
    }

    private Server start(int where) {
        try {
            NettyServerBuilder builder = NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), where))
                    .sslContext(tls())
                    .intercept(new TokenCheck());
            SERVICES.forEach(service -> builder.addService(definition(service)));
            return builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SslContext tls() throws SSLException {
        var server = SslContextBuilder.forServer(stream(certificates.certificate()), stream(certificates.key()));
        return GrpcSslContexts.configure(server, SslProvider.JDK)
                .protocols("TLSv1.3")
                .build();
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private ServerServiceDefinition definition(ServiceDescriptor service) {
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
        service.getMethods().forEach(method -> add(definition, method));
        return definition.build();
    }

    @SuppressWarnings("unchecked") // all requests and responses are messages
    private void add(ServerServiceDefinition.Builder definition, MethodDescriptor<?, ?> method) {
        var messages = (MethodDescriptor<Message, Message>) method;
        definition.addMethod(
                messages,
                switch (messages.getType()) {
                    case UNARY -> ServerCalls.asyncUnaryCall((request, call) -> handle(messages, request, call));
                    case CLIENT_STREAMING ->
                        ServerCalls.asyncClientStreamingCall(call -> new Collecting(messages, call));
                    default -> ServerCalls.asyncServerStreamingCall((request, call) -> handle(messages, request, call));
                });
    }

    private void handle(MethodDescriptor<?, ?> method, Message request, StreamObserver<Message> call) {
        requests.add(request);
        Optional.ofNullable(answers.get(method.getBareMethodName()))
                .orElse((asked, to) -> to.onError(Status.NOT_FOUND
                        .withDescription("The test has no answer for " + method.getBareMethodName() + ".")
                        .asRuntimeException()))
                .to(request, call);
    }

    /** Answers when all has come. */
    private final class Collecting implements StreamObserver<Message> {
        private final MethodDescriptor<?, ?> method;
        private final StreamObserver<Message> call;
        private final List<Message> came = new ArrayList<>();

        private Collecting(MethodDescriptor<?, ?> method, StreamObserver<Message> call) {
            this.method = method;
            this.call = call;
        }

        @Override
        public void onNext(Message message) {
            came.add(message);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
            requests.addAll(came.subList(0, came.size() - 1));
            handle(method, came.getLast(), call);
        }
    }

    private static final class TokenCheck implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (("Bearer " + TOKEN).equals(headers.get(AUTHORIZATION))) {
                return next.startCall(call, headers);
            }
            call.close(Status.UNAUTHENTICATED.withDescription("The token is not known."), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }
}
