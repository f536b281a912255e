package dev.drydock.agent.action;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.packages.Footprint;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a change of packages and its way back fit on the disks, before anything is fetched. */
final class DiskSpace {
    private static final long MARGIN = 64L << 20;
    private static final long MIB = 1 << 20;

    private final HostFiles files;

    DiskSpace(HostFiles files) {
        this.files = files;
    }

    /** @throws HostException when one of the file systems has too little */
    void require(Footprint need, Path workDir) throws HostException, IOException {
        Map<FileStore, Long> needs = new LinkedHashMap<>();
        FileStore work = Files.getFileStore(workDir);
        FileStore staging = Files.getFileStore(files.resolve("/var/cache"));
        needs.merge(work, need.newFiles() + need.oldFiles(), Long::sum);
        if (!files.isWholeSystem()) {
            // Programs inside the root see copies, hard links where the file system is the same; packing is done there.
            needs.merge(staging, work.equals(staging) ? need.oldFiles() : need.newFiles() + need.oldFiles(), Long::sum);
        }
        needs.merge(Files.getFileStore(files.resolve("/usr")), need.growth(), Long::sum);
        for (Map.Entry<FileStore, Long> entry : needs.entrySet()) {
            long free = entry.getKey().getUsableSpace();
            if (free < entry.getValue() + MARGIN) {
                throw new HostException("file system " + entry.getKey() + " has " + free / MIB + " MiB free, but "
                        + (entry.getValue() + MARGIN) / MIB + " MiB are needed for the change and its way back");
            }
        }
    }

    /**
     * Beside what is fetched ahead there must be room for the whole change as if nothing had been: it may come without any use for
     * what was fetched, and others need the disk meanwhile.
     *
     * @throws HostException when there is too little
     */
    void requireToFetch(Footprint need, Path into) throws HostException, IOException {
        FileStore store = Files.getFileStore(into);
        long needed = 2 * (need.newFiles() + need.oldFiles()) + need.growth() + MARGIN;
        long free = store.getUsableSpace();
        if (free < needed) {
            throw new HostException("file system " + store + " has " + free / MIB + " MiB free, but " + needed / MIB
                    + " MiB are wanted before anything is fetched ahead");
        }
    }

    /** @throws HostException when kernels and their ramdisks do not fit where they go */
    void requireBoot(long need, Path place) throws HostException, IOException {
        FileStore store = Files.getFileStore(place);
        long free = store.getUsableSpace();
        if (free < need) {
            throw new HostException("file system " + store + " has " + free / MIB + " MiB free for kernels, but "
                    + (need + MIB - 1) / MIB + " MiB are needed beside the old ones");
        }
    }
}
