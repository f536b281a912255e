package dev.drydock.controller.agents.transport;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands calls to a pool, each in order and one thing at a time, so that they may block. Those that never do are handled where they are
 * read: an executor by call, as gRPC has it, would put a queue between for these too, which is felt in each of thousands of heartbeats.
 * To be the outermost one.
 */
public final class PoolInterceptor implements ServerInterceptor {
    private static final Logger log = LoggerFactory.getLogger(PoolInterceptor.class);

    private final Predicate<String> onEventLoop;
    private final Executor pool;

    /** @param onEventLoop whether a call, by its full method name, never blocks */
    public PoolInterceptor(Predicate<String> onEventLoop, Executor pool) {
        this.onEventLoop = onEventLoop;
        this.pool = pool;
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
        if (onEventLoop.test(call.getMethodDescriptor().getFullMethodName())) {
            return next.startCall(call, headers);
        }
        Pooled<A> pooled = new Pooled<>(call, pool);
        pooled.begin(() -> next.startCall(call, headers));
        return pooled;
    }

    private interface Start<A> {
        ServerCall.Listener<A> start();
    }

    /** What is said of one call, handed on. */
    private static final class Pooled<A> extends ServerCall.Listener<A> {
        private final ServerCall<A, ?> call;
        private final Executor pool;
        private final Context context = Context.current();
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final AtomicInteger waiting = new AtomicInteger();
        /** Of the tasks alone; empty also after one of them failed. */
        private ServerCall.@Nullable Listener<A> listener;

        private Pooled(ServerCall<A, ?> call, Executor pool) {
            this.call = call;
            this.pool = pool;
        }

        void begin(Start<A> start) {
            later(() -> listener = start.start());
        }

        private void later(Runnable task) {
            tasks.add(task);
            if (waiting.getAndIncrement() == 0) {
                pool.execute(context.wrap(this::run));
            }
        }

        private void run() {
            do {
                try {
                    tasks.remove().run();
                } catch (RuntimeException | Error e) {
                    log.error("a call of {} failed", call.getMethodDescriptor().getFullMethodName(), e);
                    listener = null;
                    close(e);
                }
            } while (waiting.decrementAndGet() > 0);
        }

        private void close(Throwable e) {
            try {
                call.close(
                        Status.UNKNOWN
                                .withDescription("Application error processing RPC")
                                .withCause(e),
                        new Metadata());
            } catch (IllegalStateException closed) {
                log.debug("it was closed already", closed);
            }
        }

        private void tell(Consumer<ServerCall.Listener<A>> what) {
            later(() -> {
                ServerCall.Listener<A> to = listener;
                if (to != null) {
                    what.accept(to);
                }
            });
        }

        @Override
        public void onMessage(A message) {
            tell(to -> to.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            tell(ServerCall.Listener::onHalfClose);
        }

        @Override
        public void onCancel() {
            tell(ServerCall.Listener::onCancel);
        }

        @Override
        public void onComplete() {
            tell(ServerCall.Listener::onComplete);
        }

        @Override
        public void onReady() {
            tell(ServerCall.Listener::onReady);
        }
    }
}
