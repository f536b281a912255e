package dev.drydock.bench.history;

import com.google.protobuf.Timestamp;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.facts.v1.RebootRequired;
import java.time.Duration;
import java.time.Instant;

/** Hosts with 50 pending updates each, of 20 teams; one in three is of production. */
final class SeededHosts {
    private static final int UPDATES = 50;
    private static final int PACKAGES = 900;
    private static final int TEAMS = 20;

    private SeededHosts() {}

    static String id(int host) {
        return "h-" + host;
    }

    static String name(int host) {
        return "web-%05d".formatted(host);
    }

    static String labels(int host) {
        return "{\"env\":\"%s\",\"team\":\"t%d\"}".formatted(host % 3 == 0 ? "prod" : "test", host % TEAMS);
    }

    static Host facts(int host, Instant now) {
        Packages.Builder packages =
                Packages.newBuilder().setManager("apt").setInstalled(800).setRefreshedAt(timestamp(now));
        int security = 0;
        for (int i = 0; i < UPDATES; i++) {
            boolean mends = (host + i) % 9 == 0;
            security += mends ? 1 : 0;
            packages.addPending(PendingUpdate.newBuilder()
                    .setName("package-" + (i * 7 + host) % PACKAGES)
                    .setArch("amd64")
                    .setInstalledVersion("1.2." + i + "-1")
                    .setAvailableVersion("1.2." + (i + 1) + "-1")
                    .setSecurity(mends)
                    .setOrigin("Debian")
                    .setFirstSeen(
                            timestamp(now.minus(Duration.ofDays(host % 12)).minusSeconds(host))));
        }
        return Host.newBuilder()
                .setId(id(host))
                .setName(name(host))
                .setOs(Os.newBuilder()
                        .setFamily("debian")
                        .setId("debian")
                        .setVersion("12")
                        .setCodename("bookworm")
                        .setPrettyName("Debian GNU/Linux 12 (bookworm)")
                        .setArch("amd64"))
                .setPackages(packages.setPendingSecurity(security))
                .setReboot(RebootRequired.newBuilder().setRequired(host % 17 == 0))
                .build();
    }

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).build();
    }
}
