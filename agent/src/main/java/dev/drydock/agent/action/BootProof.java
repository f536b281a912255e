package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.boot.BootDirectory;
import dev.drydock.agent.host.boot.BootState;
import dev.drydock.agent.host.packages.PackageChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Proves that the host can still be booted: every kernel that could be before, and each one that a change of packages brought.
 * Where kernels come from elsewhere (containers, machines whose kernel is loaded from outside) there is nothing to prove.
 */
final class BootProof {
    private final BootDirectory directory;

    BootProof(ManagedHost host) {
        this.directory = new BootDirectory(host.files(), host.commands());
    }

    /**
     * How the system could be booted before the change.
     *
     * @param bootable releases of kernels
     * @param named its boot loader named them
     * @param ramdisks they had initial ramdisks
     * @param dangling releases that the boot loader named and that were not there
     */
    record Before(List<String> bootable, boolean named, boolean ramdisks, List<String> dangling) {
        static final Before NOTHING = new Before(List.of(), false, false, List.of());

        Before {
            bootable = List.copyOf(bootable);
            dangling = List.copyOf(dangling);
        }

        static Before of(BootState boot) {
            return new Before(boot.bootable(), boot.named(), boot.usesRamdisks(), List.copyOf(boot.dangling()));
        }

        Struct toStruct() {
            return new Structs()
                    .putStrings("bootable", bootable)
                    .put("named", named)
                    .put("ramdisks", ramdisks)
                    .putStrings("dangling", dangling)
                    .build();
        }

        static Before of(Struct struct) {
            return new Before(
                    Structs.strings(struct, "bootable"),
                    Structs.flag(struct, "named"),
                    Structs.flag(struct, "ramdisks"),
                    Structs.strings(struct, "dangling"));
        }
    }

    /** Old kernels stay, so new ones need room beside them. */
    void requireRoom(List<PackageChange> changes, DiskSpace disks) throws HostException, IOException {
        int kernels = (int) changes.stream()
                .filter(change -> BootState.isKernel(change.id().name()))
                .count();
        disks.requireBoot(directory.look().roomFor(kernels), directory.place());
    }

    Before look() throws IOException {
        return Before.of(directory.look());
    }

    List<String> loaderFiles() throws IOException {
        return directory.loaderFiles();
    }

    /** @param installed files of the changed packages, as they are now */
    void requireBootable(Before before, Collection<String> installed, Job job)
            throws HostException, IOException, InterruptedException {
        BootState now = directory.look();
        Set<String> fresh = BootState.releases(installed);
        Set<String> kernels = new TreeSet<>(before.bootable());
        kernels.addAll(fresh);
        boolean entry = before.named() || now.named();
        requireAll(kernels, before, now, entry);
        for (String release : fresh) {
            String ramdisk = now.ramdiskOf(release);
            if (!ramdisk.isEmpty()) {
                directory.requireReadable(ramdisk, job);
            }
            job.output()
                    .line("Kernel " + release + " can be booted: its image"
                            + (ramdisk.isEmpty() ? ", no initial ramdisk (this system has none)" : ", " + ramdisk)
                            + (entry
                                    ? ", and the boot loader's entry are there"
                                    : " are there; no boot loader under"
                                            + " /boot names kernels, so that part is not proven"));
        }
    }

    /** @return the evidence, in a line; empty where there was no kernel */
    Optional<String> requireRestored(Before before) throws HostException, IOException {
        BootState now = directory.look();
        requireAll(before.bootable(), before, now, before.named());
        Set<String> dangling = now.dangling();
        before.dangling().forEach(dangling::remove);
        if (!dangling.isEmpty()) {
            throw new HostException("the boot loader offers kernels that are not there any more: " + dangling);
        }
        return before.bootable().isEmpty()
                ? Optional.empty()
                : Optional.of("kernels that can be booted, as before: " + String.join(", ", before.bootable()));
    }

    private static void requireAll(Collection<String> releases, Before before, BootState now, boolean entry)
            throws HostException {
        List<String> problems = new ArrayList<>();
        for (String release : releases) {
            List<String> missing = now.missing(release, before.ramdisks() || now.usesRamdisks(), entry);
            if (!missing.isEmpty()) {
                problems.add("kernel " + release + " cannot be booted: " + String.join(", ", missing));
            }
        }
        if (!problems.isEmpty()) {
            throw new HostException(String.join("; ", problems));
        }
    }
}
