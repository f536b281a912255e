package dev.drydock.controller.compliance;

import com.google.protobuf.Timestamp;
import dev.drydock.controller.agents.HostView;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import dev.drydock.proto.facts.v1.PendingUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Hosts of Debian 12 for tests, which were seen now and have nothing to do. */
public final class Hosts {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    public static final Os BOOKWORM = Os.newBuilder()
            .setFamily("debian")
            .setId("debian")
            .setVersion("12")
            .setCodename("bookworm")
            .setPrettyName("Debian GNU/Linux 12 (bookworm)")
            .build();

    private Hosts() {}

    public static HostView host(String name, Consumer<Host.Builder> facts) {
        return host(name, true, Optional.of(NOW), facts);
    }

    public static HostView host(String name, boolean online, Optional<Instant> seen, Consumer<Host.Builder> change) {
        Host.Builder facts = Host.newBuilder().setId("id-" + name).setName(name).setOs(BOOKWORM);
        facts.getPackagesBuilder().setRefreshedAt(at(NOW));
        change.accept(facts);
        return new HostView(
                facts.build(), online, seen, Instant.EPOCH, Instant.MAX, false, false, false, Optional.empty());
    }

    public static HostView revoked(HostView host) {
        return new HostView(
                host.facts(),
                host.online(),
                host.lastSeen(),
                host.enrolledAt(),
                host.certificateExpiresAt(),
                true,
                false,
                false,
                Optional.empty());
    }

    /** A security update. */
    public static PendingUpdate update(String name, String installed, String available, Duration age) {
        return PendingUpdate.newBuilder()
                .setName(name)
                .setInstalledVersion(installed)
                .setAvailableVersion(available)
                .setSecurity(true)
                .setFirstSeen(at(NOW.minus(age)))
                .build();
    }

    public static Timestamp at(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }
}
