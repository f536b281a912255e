package dev.drydock.controller.api;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.drydock.controller.idempotency.IdempotencyKeys;
import dev.drydock.controller.idempotency.IdempotencyKeys.Attempt;
import dev.drydock.controller.idempotency.IdempotencyKeys.Earlier;
import dev.drydock.controller.idempotency.IdempotencyKeys.Outcome;
import dev.drydock.controller.security.Sha256;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that change something and carry an {@code idempotency-key} are done once: the same call again gets the answer of the first. An
 * answer that may hold a secret is not kept, so the repetition is refused with what was made. Stands inside the authentication.
 */
final class Idempotency implements ServerInterceptor {
    static final Metadata.Key<String> KEY = Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER);

    private static final Logger log = LoggerFactory.getLogger(Idempotency.class);
    private static final Pattern FORM = Pattern.compile("[!-~]{1,128}");
    private static final int LARGEST_KEPT = 256 * 1024;

    /** After these nobody knows what was done. */
    private static final Set<Status.Code> UNCERTAIN = EnumSet.of(
            Status.Code.UNKNOWN,
            Status.Code.INTERNAL,
            Status.Code.UNAVAILABLE,
            Status.Code.CANCELLED,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.DATA_LOSS);

    private final IdempotencyKeys keys;
    private final InstantSource clock;
    private final Set<Attempt> live = ConcurrentHashMap.newKeySet();

    Idempotency(IdempotencyKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        @Nullable String key = headers.get(KEY);
        String method = call.getMethodDescriptor().getFullMethodName();
        if (key == null || call.getMethodDescriptor().getType() != MethodType.UNARY || !Permissions.changes(method)) {
            return next.startCall(call, headers);
        }
        if (!FORM.matcher(key).matches()) {
            throw Refusals.invalid(List.of("idempotency-key: is not 1 to 128 printable characters of ASCII"));
        }
        Once<Q, A> once = new Once<>(call, Caller.name(), key);
        return new OnceListener<>(next.startCall(once, headers), once);
    }

    private final class Once<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final String user;
        private final String key;
        private volatile @Nullable Attempt attempt;
        private volatile @Nullable A answer;

        Once(ServerCall<Q, A> call, String user, String key) {
            super(call);
            this.user = user;
            this.key = key;
        }

        /** @return whether it is to be done now */
        boolean begin(Q request) {
            String method = getMethodDescriptor().getFullMethodName();
            Attempt mine = new Attempt(user, key, method, digest((Message) request));
            if (!live.add(mine)) {
                super.close(
                        Status.ABORTED.withDescription(
                                "The first call with this idempotency key is still being served; call again later."),
                        new Metadata());
                return false;
            }
            Optional<Earlier> earlier;
            try {
                earlier = keys.take(mine, clock.instant());
            } catch (RuntimeException e) {
                live.remove(mine);
                throw e;
            }
            if (earlier.isPresent()) {
                live.remove(mine);
                repeat(mine, earlier.get());
                return false;
            }
            attempt = mine;
            return true;
        }

        private void repeat(Attempt mine, Earlier earlier) {
            Status refusal = refusal(mine, earlier);
            if (refusal.isOk()) {
                byte[] kept = earlier.outcome().orElseThrow().answer().orElseThrow();
                super.sendHeaders(new Metadata());
                super.sendMessage(getMethodDescriptor().parseResponse(new ByteArrayInputStream(kept)));
            }
            super.close(refusal, new Metadata());
        }

        /** Told when it is on record. */
        @Override
        public void sendMessage(A message) {
            answer = message;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            Attempt mine = attempt;
            A told = answer;
            if (mine != null) {
                end(mine, status, told);
            }
            if (told != null) {
                super.sendMessage(told);
            }
            super.close(status, trailers);
        }
    }

    private static String digest(Message request) {
        byte[] bytes = new byte[request.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        // Else the same map may come out in another order.
        out.useDeterministicSerialization();
        try {
            request.writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("an array is never full too early", e);
        }
        return HexFormat.of().formatHex(Sha256.of(bytes));
    }

    private void end(Attempt mine, Status status, @Nullable Object answer) {
        try {
            if (status.isOk() && answer instanceof Message message) {
                keys.done(mine, outcome(message));
            } else if (!UNCERTAIN.contains(meant(status).getCode())) {
                keys.release(mine);
            }
        } catch (RuntimeException e) {
            // The client gets the answer; if it repeats the call, it hears that nobody knows.
            log.warn("the outcome of {} by {} cannot be kept for its idempotency key", mine.method(), mine.user(), e);
        } finally {
            live.remove(mine);
        }
    }

    private static Status meant(Status status) {
        return status.getCode() == Status.Code.UNKNOWN && status.getCause() != null
                ? Failures.status(status.getCause())
                : status;
    }

    private static Outcome outcome(Message answer) {
        Descriptor type = answer.getDescriptorForType();
        boolean kept = !AnswerSecrets.mayHold(type) && answer.getSerializedSize() <= LARGEST_KEPT;
        return new Outcome(AnswerSecrets.made(answer), kept ? Optional.of(answer.toByteArray()) : Optional.empty());
    }

    /** OK: the first answer is to be given again. */
    private static Status refusal(Attempt mine, Earlier earlier) {
        if (!earlier.method().equals(mine.method()) || !earlier.digest().equals(mine.digest())) {
            return Status.INVALID_ARGUMENT.withDescription(
                    "idempotency-key: was used at " + earlier.at() + " for another "
                            + (earlier.method().equals(mine.method()) ? "request" : "call") + "; each has its own");
        }
        String call = mine.method().substring(mine.method().indexOf('/') + 1);
        if (earlier.outcome().isEmpty()) {
            return Status.ABORTED.withDescription("Nobody knows whether the first call with this idempotency key, at "
                    + earlier.at() + ", was done. Look at what there is, then call with another key.");
        }
        Outcome outcome = earlier.outcome().get();
        if (outcome.answer().isEmpty()) {
            return Status.ALREADY_EXISTS.withDescription(call + " was done with this idempotency key at " + earlier.at()
                    + (outcome.made().isEmpty() ? "" : " and made '" + outcome.made() + "'")
                    + ". Its answer is not kept, because it may hold a secret or is large.");
        }
        return Status.OK;
    }

    private static final class OnceListener<Q, A> extends SimpleForwardingServerCallListener<Q> {
        private final Idempotency.Once<Q, A> call;
        private boolean dropped;

        OnceListener(Listener<Q> listener, Idempotency.Once<Q, A> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q request) {
            if (call.begin(request)) {
                super.onMessage(request);
            } else {
                dropped = true;
            }
        }

        @Override
        public void onHalfClose() {
            if (!dropped) {
                super.onHalfClose();
            }
        }
    }
}
