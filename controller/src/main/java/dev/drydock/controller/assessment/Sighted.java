package dev.drydock.controller.assessment;

import com.google.protobuf.Timestamp;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.PendingUpdate;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What of told facts is taken, and since when updates wait. Pure. */
final class Sighted {
    private Sighted() {}

    /**
     * Only what can be seen from outside: nobody tells an agent's facts of a host that has none. An update that was seen before
     * waits since then, another one since now, whatever is told.
     *
     * @param before what was seen of it the last time
     */
    static Host facts(Host told, Optional<Host> before, Instant now) {
        Host.Builder facts = Host.newBuilder()
                .setName(told.getName())
                .putAllLabels(told.getLabelsMap())
                .setOs(told.getOs())
                .setKernel(told.getKernel())
                .setMemoryBytes(told.getMemoryBytes())
                .addAllFilesystems(told.getFilesystemsList())
                .setReboot(told.getReboot())
                .setRoot("/");
        if (told.hasBootedAt()) {
            facts.setBootedAt(told.getBootedAt());
        }
        if (told.hasCpu()) {
            facts.setCpu(told.getCpu());
        }
        if (told.hasPackages()) {
            facts.setPackages(packages(told.getPackages(), before, now));
        }
        return facts.build();
    }

    private static Packages packages(Packages told, Optional<Host> before, Instant now) {
        Map<String, Timestamp> seen = new HashMap<>();
        before.ifPresent(host ->
                host.getPackages().getPendingList().forEach(update -> seen.put(key(update), update.getFirstSeen())));
        Timestamp at = Timestamp.newBuilder()
                .setSeconds(now.getEpochSecond())
                .setNanos(now.getNano())
                .build();
        Packages.Builder packages = told.toBuilder().clearPending();
        int security = 0;
        for (PendingUpdate update : told.getPendingList()) {
            security += update.getSecurity() ? 1 : 0;
            packages.addPending(update.toBuilder().setFirstSeen(seen.getOrDefault(key(update), at)));
        }
        boolean ahead = told.getRefreshedAt().getSeconds() > now.getEpochSecond();
        if (ahead || !told.hasRefreshedAt()) {
            packages.setRefreshedAt(at);
        }
        return packages.setPendingSecurity(security).build();
    }

    private static String key(PendingUpdate update) {
        return update.getName() + " " + update.getArch() + " " + update.getAvailableVersion();
    }
}
