package dev.drydock.agent.action;

import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.proto.agent.v1.Change;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Changes of packages as people read them. Pure. */
final class PackageChanges {
    private static final String REPAIR = "repair";

    private PackageChanges() {}

    /** By plain names; with the architecture where a package is there in several. */
    static List<Change> of(List<PackageChange> changes) {
        Map<String, Long> count = changes.stream()
                .map(c -> c.id().name())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return changes.stream()
                .map(c -> Change.newBuilder()
                        .setKind("package")
                        .setName(count.getOrDefault(c.id().name(), 0L) > 1 ? c.id().toString() : c.id().name())
                        .setFrom(c.from())
                        .setTo(c.to())
                        .build())
                .toList();
    }

    /** @param how the means, in words */
    static List<Change> repairs(List<String> broken, String how) {
        return broken.stream()
                .map(complaint -> Change.newBuilder()
                        .setKind(REPAIR)
                        .setName(complaint)
                        .setFrom("broken")
                        .setTo("mended by " + how)
                        .build())
                .toList();
    }

    static List<Change> repairsOf(List<Change> changes) {
        return changes.stream().filter(c -> c.getKind().equals(REPAIR)).toList();
    }
}
