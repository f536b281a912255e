package dev.drydock.controller;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.drydock.controller.agents.TestKeys;
import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.EnrollRequest;
import dev.drydock.proto.agent.v1.EnrollResponse;
import dev.drydock.proto.agent.v1.EnrollmentGrpc;
import dev.drydock.proto.agent.v1.FactsReport;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunEvents;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.RunTransition;
import dev.drydock.proto.agent.v1.SessionGrpc;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContext;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An agent without a host, which keeps a journal as one does: it begins a run once however often it is offered, and sends what is not
 * acknowledged again. It comes again by itself. State is confined to the scheduler's one thread.
 */
final class ClusterAgent implements AutoCloseable {
    private static final int EVENTS = 4;

    final String name;
    private final String instance = UUID.randomUUID().toString();
    private final ScheduledExecutorService thread;
    private final ManagedChannel channel;
    private final Random random;
    private final Map<String, Journal> journals = new LinkedHashMap<>();
    private int stream;
    private int failures;
    private @Nullable StreamObserver<AgentMessage> out;
    private volatile boolean connected;
    private volatile boolean closed;

    /** What it has of one run. */
    private static final class Journal {
        final List<RunEvent> events = new ArrayList<>();
        long durable;
    }

    private ClusterAgent(String name, ManagedChannel channel, ScheduledExecutorService thread, Random random) {
        this.name = name;
        this.channel = channel;
        this.thread = thread;
        this.random = random;
    }

    static ClusterAgent enrol(
            String name, String token, Path ca, int port, ScheduledExecutorService thread, Random random)
            throws Exception {
        KeyPair keys = TestKeys.p256();
        ManagedChannel anonymous = channel(
                port,
                GrpcSslContexts.forClient()
                        .trustManager(ca.toFile())
                        .protocols("TLSv1.3")
                        .build());
        List<X509Certificate> chain = new ArrayList<>();
        try {
            EnrollResponse response = EnrollmentGrpc.newBlockingStub(anonymous)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .enroll(EnrollRequest.newBuilder()
                            .setToken(token)
                            .setHostname(name)
                            .setCsr(ByteString.copyFrom(TestKeys.request(keys)))
                            .setAgentVersion("0.1.0")
                            .build());
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (ByteString der : response.getCertificateChainList()) {
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toByteArray())));
            }
        } finally {
            anonymous.shutdownNow();
        }
        SslContext tls = GrpcSslContexts.forClient()
                .trustManager(ca.toFile())
                .keyManager(keys.getPrivate(), chain)
                .protocols("TLSv1.3")
                .build();
        ClusterAgent agent = new ClusterAgent(name, channel(port, tls), thread, random);
        thread.execute(agent::connect);
        return agent;
    }

    private static ManagedChannel channel(int port, SslContext tls) {
        return NettyChannelBuilder.forAddress("localhost", port).sslContext(tls).build();
    }

    private void connect() {
        if (closed) {
            return;
        }
        int number = ++stream;
        // A connection that failed must not keep the next one waiting.
        channel.resetConnectBackoff();
        StreamObserver<AgentMessage> opened = SessionGrpc.newStub(channel).connect(new StreamObserver<>() {
            @Override
            public void onNext(ControllerMessage message) {
                thread.execute(() -> {
                    if (number == stream) {
                        heard(message);
                    }
                });
            }

            @Override
            public void onError(Throwable failure) {
                thread.execute(() -> ended(number));
            }

            @Override
            public void onCompleted() {
                thread.execute(() -> ended(number));
            }
        });
        out = opened;
        Hello.Builder hello = Hello.newBuilder()
                .setAgentVersion("0.1.0")
                .setBootId("boot")
                .setProtocolMin(1)
                .setProtocolMax(1)
                .setFactsDigest("")
                .setInstanceId(instance)
                .setClock(Timestamps.fromMillis(System.currentTimeMillis()));
        journals.forEach((run, journal) -> {
            if (journal.durable < EVENTS) {
                hello.addOpenRuns(OpenRun.newBuilder().setRunId(run).setLastSequence(journal.events.size()));
            }
        });
        say(AgentMessage.newBuilder().setHello(hello));
    }

    private void ended(int number) {
        if (number != stream || closed) {
            return;
        }
        stream++;
        out = null;
        connected = false;
        long cap = 1_000L << Math.min(failures++, 3);
        thread.schedule(this::connect, cap / 2 + random.nextLong(cap / 2), TimeUnit.MILLISECONDS);
    }

    private void heard(ControllerMessage message) {
        switch (message.getMessageCase()) {
            case WELCOME -> {
                connected = true;
                failures = 0;
                say(AgentMessage.newBuilder()
                        .setFacts(FactsReport.newBuilder()
                                .setDigest("d")
                                .setFacts(Host.newBuilder()
                                        .setName(name)
                                        .setOs(Os.newBuilder().setId("debian")))));
                journals.forEach(this::send);
            }
            case OFFER -> offered(message.getOffer());
            case ACK -> {
                Journal journal = journals.get(message.getAck().getRunId());
                if (journal != null) {
                    journal.durable = Math.max(journal.durable, message.getAck().getSequence());
                }
            }
            case GO_AWAY -> {
                StreamObserver<AgentMessage> leaving = out;
                int number = stream;
                if (leaving != null) {
                    leaving.onCompleted();
                }
                ended(number);
            }
            default -> {}
        }
    }

    private void offered(Offer offer) {
        say(AgentMessage.newBuilder()
                .setOfferReply(
                        OfferReply.newBuilder().setRunId(offer.getRunId()).setAccepted(true)));
        if (journals.containsKey(offer.getRunId())) {
            return;
        }
        Journal journal = new Journal();
        journals.put(offer.getRunId(), journal);
        add(
                journal,
                RunEvent.newBuilder()
                        .setAccepted(Accepted.newBuilder().setOffer(offer).setAgentVersion("0.1.0")));
        add(journal, RunEvent.newBuilder().setRun(move(RunState.ACCEPTED, RunState.PREFLIGHT)));
        send(offer.getRunId(), journal);
        after(200 + random.nextInt(800), () -> {
            add(journal, RunEvent.newBuilder().setRun(move(RunState.PREFLIGHT, RunState.RUNNING)));
            send(offer.getRunId(), journal);
            after(200 + random.nextInt(800), () -> {
                add(
                        journal,
                        RunEvent.newBuilder().setResult(RunResult.newBuilder().setOutcome(RunState.SUCCEEDED)));
                send(offer.getRunId(), journal);
            });
        });
    }

    private void after(int millis, Runnable step) {
        thread.schedule(step, millis, TimeUnit.MILLISECONDS);
    }

    private static RunTransition move(RunState from, RunState to) {
        return RunTransition.newBuilder().setFrom(from).setTo(to).build();
    }

    private static void add(Journal journal, RunEvent.Builder event) {
        journal.events.add(event.setSequence(journal.events.size() + 1L)
                .setAt(Timestamps.fromMillis(System.currentTimeMillis()))
                .build());
    }

    private void send(String run, Journal journal) {
        if (connected && journal.durable < journal.events.size()) {
            say(AgentMessage.newBuilder()
                    .setRunEvents(RunEvents.newBuilder()
                            .setRunId(run)
                            .addAllEvents(journal.events.subList((int) journal.durable, journal.events.size()))));
        }
    }

    private void say(AgentMessage.Builder message) {
        StreamObserver<AgentMessage> open = out;
        if (open != null) {
            try {
                open.onNext(message.build());
            } catch (IllegalStateException e) {
                // It ended meanwhile: that is told too.
            }
        }
    }

    boolean isConnected() {
        return connected;
    }

    /** The runs that it began, each with what it has heard to be durable. */
    Map<String, Long> runs() throws Exception {
        return thread.submit(() -> {
                    Map<String, Long> runs = new LinkedHashMap<>();
                    journals.forEach((run, journal) -> runs.put(run, journal.durable));
                    return runs;
                })
                .get();
    }

    static long whole() {
        return EVENTS;
    }

    @Override
    public void close() {
        closed = true;
        channel.shutdownNow();
    }
}
