package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.Accounts;
import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.KeptFile;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.playbooks.model.Args;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code file.put}: a file, whole and at once. Where the path is a symbolic link, the file that it leads to is written, inside
 * the managed system. The way back: the old file with owner and mode, or none, and none of the directories made for it.
 */
final class FilePut implements Action {
    private static final String KEPT = "kept";
    private static final String WANTED = "wanted";
    private static final String MADE = "directories";
    private static final int DEFAULT_MODE = 0644;

    private final HostFiles files;
    private final FileKeeper keeper;
    private final Directories directories;
    private final Accounts accounts;

    FilePut(ManagedHost host) {
        this.files = host.files();
        this.keeper = new FileKeeper(host.files());
        this.directories = new Directories(host.files());
        this.accounts = new Accounts(host.commands());
    }

    @Override
    public String name() {
        return "file.put";
    }

    @Override
    public Duration defaultTimeout() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Plan plan(StepContext context) throws ActionException, InterruptedException {
        return OnHost.get(() -> {
            KeptFile now = keeper.look(target(context.args()));
            KeptFile wanted = wanted(context, now);
            return Plan.of(now.sameState(wanted) ? List.of() : List.of(change(now, wanted)));
        });
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        return OnHost.get(() -> {
            String target = target(context.args());
            KeptFile now = keeper.keep(target, context.workDir(), "old");
            return new Structs()
                    .put(KEPT, KeptFiles.struct(now))
                    .put(WANTED, KeptFiles.struct(wanted(context, now)))
                    .putStrings(MADE, directories.missing(target))
                    .build();
        });
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        return OnHost.get(() -> {
            KeptFile wanted = KeptFiles.of(Structs.struct(prepared, WANTED));
            directories.make(Structs.strings(prepared, MADE));
            keeper.write(wanted.path(), content(context.args()), wanted.uid(), wanted.gid(), wanted.mode());
            return new Applied(List.of(change(KeptFiles.of(Structs.struct(prepared, KEPT)), wanted)));
        });
    }

    /** The file is replaced at once, so that after an interruption it is the old or the new one. */
    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        requireState(KeptFiles.of(Structs.struct(prepared, WANTED)));
    }

    private void requireState(KeptFile expected) throws ActionException, InterruptedException {
        KeptFile now = OnHost.get(() -> keeper.look(expected.path()));
        if (!now.sameState(expected)) {
            throw new ActionException(
                    expected.path() + " is " + KeptFiles.describe(now) + ", expected " + KeptFiles.describe(expected));
        }
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        OnHost.run(() -> {
            keeper.restore(KeptFiles.of(Structs.struct(prepared, KEPT)), context.workDir());
            directories.remove(Structs.strings(prepared, MADE));
        });
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        KeptFile kept = KeptFiles.of(Structs.struct(prepared, KEPT));
        requireState(kept);
        List<String> evidence = new ArrayList<>();
        evidence.add(kept.path() + " is as before: " + KeptFiles.describe(kept));
        for (String directory : Structs.strings(prepared, MADE)) {
            boolean left = OnHost.get(() -> files.exists(directory));
            evidence.add(directory + (left ? " stays: others have put something into it" : " is gone again"));
        }
        return evidence;
    }

    /** The path with all links followed, as it is inside the managed system. */
    private String target(Args args) throws IOException {
        Path file = files.resolve(args.string("path"));
        return "/" + files.root().relativize(file);
    }

    private KeptFile wanted(StepContext context, KeptFile now) throws HostException, IOException, InterruptedException {
        Args args = context.args();
        boolean there = now.kind() == KeptFile.Kind.FILE;
        Optional<String> owner = args.optionalString("owner");
        Optional<String> group = args.optionalString("group");
        int uid = owner.isPresent() ? accounts.uid(owner.get(), OnHost.job(context)) : there ? now.uid() : own("uid");
        int gid = group.isPresent() ? accounts.gid(group.get(), OnHost.job(context)) : there ? now.gid() : own("gid");
        int mode = args.optionalString("mode").map(FilePut::mode).orElse(there ? now.mode() : DEFAULT_MODE);
        return new KeptFile(now.path(), KeptFile.Kind.FILE, "", Digests.sha256(content(args)), "", uid, gid, mode);
    }

    static int mode(String text) {
        if (!text.matches("[0-7]{3,4}")) {
            throw new IllegalArgumentException("argument 'mode' is " + text + ", expected octal such as 0644");
        }
        return Integer.parseInt(text, 8);
    }

    private static byte[] content(Args args) {
        return args.string("content").getBytes(StandardCharsets.UTF_8);
    }

    /** The agent's own, which is root on a host. */
    private static int own(String attribute) throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:" + attribute);
    }

    private static Change change(KeptFile from, KeptFile to) {
        return Change.newBuilder()
                .setKind("file")
                .setName(to.path())
                .setFrom(from.kind() == KeptFile.Kind.ABSENT ? "" : KeptFiles.describe(from))
                .setTo(KeptFiles.describe(to))
                .build();
    }
}
