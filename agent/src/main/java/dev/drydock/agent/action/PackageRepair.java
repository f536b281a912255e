package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.StartPolicy;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Mends broken packages before an update. A broken state cannot be put back and nobody wants it back, so the mended state is
 * what the update goes back to: only once it is reached are the old packages kept, and that is written to the step's directory,
 * whole and on disk, before the update begins. As long as it is not there, nothing was updated.
 */
final class PackageRepair {
    private static final String BROKEN = "repair";
    private static final String WHOLE = "whole";
    private static final String UNDO = "undo-of-update";

    private final ManagedHost host;
    private final PackageManager manager;

    PackageRepair(ManagedHost host, PackageManager manager) {
        this.host = host;
        this.manager = manager;
    }

    /** What is wrong, from what was journaled; empty when there was nothing to mend. */
    static List<String> broken(Struct prepared) {
        return Structs.strings(prepared, BROKEN);
    }

    /** Writes down what is broken and what is not. */
    Struct prepare(List<String> broken, Path workDir, Job job) throws HostException, IOException, InterruptedException {
        String whole = String.join("\n", whole(job));
        DurableFiles.replace(workDir.resolve(WHOLE), whole.getBytes(StandardCharsets.UTF_8));
        return new Structs()
                .putStrings(BROKEN, broken)
                .put(WHOLE, Digests.sha256(whole))
                .build();
    }

    void mend(List<String> broken, Duration lockTimeout, Job job)
            throws HostException, IOException, InterruptedException {
        job.output().line("Mending " + String.join(", ", broken) + " by " + manager.mending());
        StartPolicy starts = new StartPolicy(host.files());
        starts.set(activeServices(job), List.of());
        try {
            manager.repair(lockTimeout, job);
        } catch (HostException e) {
            throw e.in("broken packages could not be mended, and nothing was updated: " + String.join(", ", broken));
        } finally {
            starts.clear();
        }
        job.output().line("Mended; the package manager's audit finds nothing any more");
    }

    private List<String> activeServices(Job job) throws HostException, InterruptedException {
        Set<PackageId> broken = manager.installed(job).stream()
                .filter(p -> !p.healthy())
                .map(InstalledPackage::id)
                .collect(Collectors.toSet());
        List<String> active = new ArrayList<>();
        for (String service : host.services().definedBy(manager.filesOf(broken, job))) {
            if (host.services().state(service, job).active()) {
                active.add(service);
            }
        }
        return active;
    }

    /** From here on the update may begin. */
    static void keep(PackageUndo undo, Path workDir) throws IOException {
        DurableFiles.replace(workDir.resolve(UNDO), undo.toStruct().toByteArray());
    }

    /** What the update goes back to; empty when it cannot have begun. */
    static Optional<PackageUndo> undo(Path workDir) throws IOException {
        Path file = workDir.resolve(UNDO);
        return Files.exists(file)
                ? Optional.of(PackageUndo.of(Struct.parseFrom(Files.readAllBytes(file))))
                : Optional.empty();
    }

    /** After a repair that failed or was cut off: ends it as well as it can be ended. */
    void rollBack(Struct prepared, Job job) throws HostException, IOException, InterruptedException {
        manager.settle(job);
        new StartPolicy(host.files()).clear();
        List<String> now = manager.audit(job);
        if (broken(prepared).containsAll(now)) {
            return;
        }
        Duration half = job.timeLeft().get().dividedBy(2);
        try {
            mend(now, half, job.within(half));
        } catch (HostException e) {
            job.output().line("What is broken since the repair was begun could not be mended: " + e.getMessage());
        }
    }

    /**
     * That nothing was updated, and nothing is broken that was not before.
     *
     * @return the evidence, a line each
     */
    List<String> requireNotWorse(Struct prepared, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        List<String> found = broken(prepared);
        List<String> now = manager.audit(job);
        List<String> worse = now.stream().filter(c -> !found.contains(c)).toList();
        if (!worse.isEmpty()) {
            throw new HostException("packages are broken that were not before the repair: " + worse);
        }
        List<String> before = PackageProof.kept(workDir, WHOLE, Structs.string(prepared, WHOLE))
                .lines()
                .toList();
        Set<String> wholeNow = Set.copyOf(whole(job));
        List<String> changed =
                before.stream().filter(p -> !wholeNow.contains(p)).toList();
        if (!changed.isEmpty()) {
            throw new HostException("packages that were whole before the repair are not as they were: " + changed);
        }
        List<String> evidence = new ArrayList<>();
        evidence.add("nothing was updated: the " + before.size() + " packages that were whole are at their versions");
        mended(found, now).ifPresent(evidence::add);
        if (!now.isEmpty()) {
            evidence.add("still broken, as they were found: " + String.join(", ", now));
        }
        return evidence;
    }

    /** For the evidence: what is not put back. */
    static Optional<String> mended(List<String> found, List<String> now) {
        List<String> mended = found.stream().filter(c -> !now.contains(c)).toList();
        return mended.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "found broken and mended before the update, which stays so: " + String.join(", ", mended));
    }

    private List<String> whole(Job job) throws HostException, InterruptedException {
        return manager.installed(job).stream()
                .filter(InstalledPackage::healthy)
                .map(p -> p.id() + " " + p.version())
                .toList();
    }
}
