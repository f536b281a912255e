package dev.drydock.controller.api;

import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutWatch;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.rollout.TimedNote;
import dev.drydock.controller.rollout.UnknownRolloutException;
import dev.drydock.proto.v1.RolloutUpdate;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's watch of one rollout. A client that reads slowly gets the rollout as it stands when it can take the next
 * update, with all notes since the last, of which the oldest are dropped beyond a limit: it holds nobody up and costs a bounded
 * amount of memory.
 */
final class RolloutStream implements OpenStream {
    private static final int MOST_NOTES = 1_000;

    private final ServerCallStreamObserver<RolloutUpdate> call;
    private final OpenStreams streams;
    private final Supplier<Sight> sights;
    private final Pump pump;
    private final Deque<TimedNote> notes = new ArrayDeque<>();
    private @Nullable Rollout latest;
    private volatile @Nullable RolloutWatch watch;
    private volatile boolean stopping;
    private boolean over;

    private RolloutStream(ServerCallStreamObserver<RolloutUpdate> call, OpenStreams streams, Supplier<Sight> sights) {
        this.call = call;
        this.streams = streams;
        this.sights = sights;
        this.pump = new Pump(streams.workers(), this::send);
    }

    /**
     * Called by the thread that serves the call, before it returns.
     *
     * @param sights what the client may see, as things stand when it is asked
     */
    static void open(
            Rollouts rollouts,
            Supplier<Sight> sights,
            String name,
            ServerCallStreamObserver<RolloutUpdate> call,
            OpenStreams streams)
            throws UnknownRolloutException {
        RolloutStream stream = new RolloutStream(call, streams, sights);
        call.setOnReadyHandler(stream.pump::wake);
        call.setOnCancelHandler(stream.pump::wake);
        stream.watch = rollouts.watch(name, stream::changed);
        streams.add(stream);
        stream.pump.wake();
    }

    /** On the coordinator's thread: only takes note. */
    private void changed(Rollout rollout, List<TimedNote> news) {
        synchronized (this) {
            latest = rollout;
            notes.addAll(news);
            while (notes.size() > MOST_NOTES) {
                notes.removeFirst();
            }
        }
        pump.wake();
    }

    private synchronized Optional<Update> take() {
        Rollout rollout = latest;
        if (rollout == null) {
            return Optional.empty();
        }
        Update update = new Update(rollout, new ArrayList<>(notes));
        latest = null;
        notes.clear();
        return Optional.of(update);
    }

    private void send() {
        if (over) {
            return;
        }
        if (call.isCancelled()) {
            end();
            return;
        }
        while (call.isReady()) {
            Optional<Update> update = take();
            if (update.isEmpty()) {
                break;
            }
            Sight sight = sights.get();
            if (!sight.sees(update.get().rollout())) {
                end();
                call.onError(Refusals.notFound("rollout", update.get().rollout().name(), List.of()));
                return;
            }
            call.onNext(new RolloutView(sight)
                    .update(update.get().rollout(), update.get().notes()));
            if (update.get().rollout().state().ended()) {
                end();
                call.onCompleted();
                return;
            }
        }
        if (stopping) {
            end();
            call.onError(OpenStreams.STOPPING.asRuntimeException());
        }
    }

    private void end() {
        over = true;
        streams.remove(this);
        RolloutWatch open = watch;
        if (open != null) {
            open.close();
        }
    }

    /** Changes come by themselves, but not that the caller is let in no more. */
    @Override
    public void wake() {
        pump.wake();
    }

    @Override
    public void stop() {
        stopping = true;
        pump.wake();
    }

    private record Update(Rollout rollout, List<TimedNote> notes) {}
}
