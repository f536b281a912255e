package dev.drydock.agent.action;

import dev.drydock.agent.backup.BackupContents;
import dev.drydock.agent.backup.BackupMaker;
import dev.drydock.agent.backup.BackupStore;
import dev.drydock.agent.backup.FileSelection;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.database.DatabaseServer;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a {@code backup.create} is to back up, how much that is, and whether there is room for it. */
record BackupWanted(BackupArgs args, StepContext context, Job job) {
    static final String TO = "to";
    static final String TEST = "restoreTest";
    private static final long MIB = 1 << 20;
    private static final long MARGIN = 16 * MIB;

    /** @throws HostException when one of the databases is not there */
    BackupContents contents() throws HostException, IOException, InterruptedException {
        List<String> roots = context.args().strings("files");
        List<String> databases = context.args().strings("databases");
        Optional<FileSelection> files = roots.isEmpty()
                ? Optional.empty()
                : Optional.of(new FileSelection(roots, context.args().strings("exclude"), never()));
        Optional<DatabaseServer> server = databases.isEmpty() ? Optional.empty() : Optional.of(args.server(job));
        if (server.isPresent()) {
            List<String> there = server.get().databases(job);
            for (String database : databases) {
                if (!there.contains(database)) {
                    throw new HostException("there is no database " + database + " in "
                            + server.get().engine() + "; there are " + String.join(", ", there));
                }
            }
        }
        return new BackupContents(files, server, databases);
    }

    private Set<Path> never() throws IOException {
        return args.isRemote(TO)
                ? Set.of(context.workDir())
                : Set.of(
                        context.workDir(),
                        args.host().files().resolve(context.args().string(TO)));
    }

    boolean test() {
        return context.args().flag(TEST, false);
    }

    List<Change> changes(BackupContents contents, BackupStore store)
            throws HostException, IOException, InterruptedException {
        List<Change> changes = new ArrayList<>();
        if (contents.files().isPresent()) {
            String what = "files " + String.join(" ", contents.files().get().roots());
            changes.add(change(what, store, files(contents)));
        }
        if (contents.server().isPresent()) {
            DatabaseServer server = contents.server().get();
            for (String database : contents.databases()) {
                changes.add(
                        change("database " + database + " of " + server.engine(), store, server.size(database, job)));
            }
        }
        return changes;
    }

    private static Change change(String what, BackupStore store, long size) {
        return Change.newBuilder()
                .setKind("backup")
                .setName(what)
                .setTo(store.location() + ", at most " + mib(size) + " MiB")
                .build();
    }

    /**
     * For the worst case: nothing of it can be compressed, and the files are restored beside it.
     *
     * @throws HostException when one of the file systems has too little
     */
    void requireRoom(BackupContents contents, BackupStore store)
            throws HostException, IOException, InterruptedException {
        long files = files(contents);
        long databases = 0;
        if (contents.server().isPresent()) {
            for (String database : contents.databases()) {
                databases += contents.server().get().size(database, job);
            }
        }
        Map<FileStore, Long> needs = new LinkedHashMap<>();
        needs.put(Files.getFileStore(store.room()), files + databases + MARGIN);
        if (test() && files > 0) {
            needs.merge(Files.getFileStore(scratch(store)), files, Long::sum);
        }
        for (Map.Entry<FileStore, Long> need : needs.entrySet()) {
            long free = need.getKey().getUsableSpace();
            if (free < need.getValue()) {
                throw new HostException("file system " + need.getKey() + " has " + free / MIB + " MiB free, but "
                        + mib(need.getValue()) + " MiB are needed for the backup"
                        + (test() ? " and the test of its restore" : ""));
            }
        }
    }

    /** The scratch directory's place, or the nearest above it that is there. */
    private Path scratch(BackupStore store) throws IOException {
        Path at = args.host().files().resolve(args.scratchBase(TO));
        while (!Files.isDirectory(at)) {
            Path parent = at.getParent();
            if (parent == null) {
                return store.room();
            }
            at = parent;
        }
        return at;
    }

    private long files(BackupContents contents) throws HostException, IOException, InterruptedException {
        return contents.files().isEmpty()
                ? 0
                : new BackupMaker(args.host(), args.packing())
                        .sizeOfFiles(contents.files().get(), context.workDir(), job);
    }

    static long mib(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }
}
