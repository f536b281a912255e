package dev.drydock.controller.api.rest;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream of messages as server-sent events. The next message is asked for when the client has taken the last one, so that the
 * service sees how fast the client reads. Until there is something to send, a failure is answered as that of any other call.
 */
final class EventStream extends ClientCall.Listener<Message> {
    private static final ResponseHeaders OK = ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.EVENT_STREAM)
            .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            .build();
    private static final HttpData HEARTBEAT = HttpData.ofUtf8(":\n\n");
    private static final HttpData END = HttpData.ofUtf8("event: end\ndata: {}\n\n");

    private final ClientCall<Message, Message> call;
    private final Resumption resumption;
    private final ServiceRequestContext context;
    private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    private final HttpResponseWriter events = HttpResponse.streaming();
    private final Object lock = new Object();
    private @Nullable Future<?> heartbeats;
    private boolean begun;
    private boolean over;
    private volatile boolean taken = true;

    private EventStream(ClientCall<Message, Message> call, Resumption resumption, ServiceRequestContext context) {
        this.call = call;
        this.resumption = resumption;
        this.context = context;
    }

    /** @return when it is known whether there is a stream or a failure */
    static CompletableFuture<HttpResponse> start(
            ClientCall<Message, Message> call,
            Resumption resumption,
            ServiceRequestContext context,
            Duration heartbeat) {
        EventStream stream = new EventStream(call, resumption, context);
        context.clearRequestTimeout();
        // Also when the client goes away before there is an answer.
        context.log().whenComplete().thenRun(stream::gone);
        stream.beat(heartbeat);
        call.start(stream, new Metadata());
        call.sendMessage(resumption.request());
        call.halfClose();
        call.request(1);
        return stream.answer;
    }

    private void beat(Duration heartbeat) {
        Future<?> beats = context.eventLoop()
                .withoutContext()
                .scheduleAtFixedRate(this::beat, heartbeat.toMillis(), heartbeat.toMillis(), TimeUnit.MILLISECONDS);
        synchronized (lock) {
            heartbeats = beats;
            if (over) {
                beats.cancel(false);
            }
        }
    }

    /** Proxies end what is silent; whoever has not read the last has no need of it. */
    private void beat() {
        synchronized (lock) {
            if (over || !taken) {
                return;
            }
            write(HEARTBEAT);
        }
    }

    @Override
    public void onMessage(Message message) {
        HttpData event = HttpData.ofUtf8(
                "id: " + resumption.idOf(message) + "\nevent: message\ndata: " + ProtoJson.print(message) + "\n\n");
        synchronized (lock) {
            if (over) {
                return;
            }
            write(event);
        }
        events.whenConsumed().thenRun(() -> {
            taken = true;
            call.request(1);
        });
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        Problem problem = Problem.of(status, trailers);
        synchronized (lock) {
            if (over) {
                return;
            }
            if (status.isOk()) {
                write(END);
            } else if (begun) {
                write(HttpData.ofUtf8("event: error\ndata: " + problem.json(context.path()) + "\n\n"));
            } else {
                answer.complete(problem.answer(context.path()));
            }
            events.close();
            end();
        }
    }

    /** Under the lock. */
    private void write(HttpData data) {
        if (!begun) {
            begun = true;
            events.write(OK);
            answer.complete(events);
        }
        taken = false;
        if (events.tryWrite(data)) {
            events.whenConsumed().thenRun(() -> taken = true);
        }
    }

    private void gone() {
        synchronized (lock) {
            end();
        }
        call.cancel("the client is gone", null);
    }

    private void end() {
        over = true;
        if (heartbeats != null) {
            heartbeats.cancel(false);
        }
    }
}
