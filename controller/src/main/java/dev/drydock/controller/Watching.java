package dev.drydock.controller;

import dev.drydock.controller.cluster.Standing;
import dev.drydock.controller.health.Check;
import dev.drydock.controller.health.Health;
import dev.drydock.controller.metrics.MemberMeters;
import dev.drydock.controller.metrics.Registry;
import dev.drydock.controller.probe.MemberServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The part of one controller of several that answers for itself: who comes to its other ports is handed on to the leader. */
final class Watching implements AutoCloseable {
    /** A leader's own checks have two seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Closing closing;

    private Watching(Closing closing) {
        this.closing = closing;
    }

    static Watching start(InetSocketAddress address, Standing standing) throws StartException {
        Closing closing = new Closing();
        try {
            Registry registry = closing.add("metrics", new Registry(Version.text()));
            MemberMeters.register(registry, standing);
            Health live = closing.add("liveness", health(new Check("member", standing::alive)));
            Health ready = closing.add("readiness", health(new Check("member", standing::ready)));
            closing.add(
                    "the member's pages",
                    Listening.open(
                            "its own health",
                            "--member-listen",
                            address,
                            () -> MemberServer.start(address, live, ready, registry)));
            return new Watching(closing);
        } catch (StartException e) {
            closing.close();
            throw e;
        }
    }

    private static Health health(Check check) {
        return new Health(List.of(check), PATIENCE, System::nanoTime);
    }

    @Override
    public void close() {
        closing.close();
    }
}
