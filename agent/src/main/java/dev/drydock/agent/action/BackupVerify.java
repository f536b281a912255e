package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.backup.BackupLog;
import dev.drydock.agent.backup.BackupStore;
import dev.drydock.agent.backup.Manifest;
import dev.drydock.agent.backup.RestoreTrial;
import dev.drydock.agent.backup.Scratch;
import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Leftovers;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.database.DatabaseServer;
import dev.drydock.agent.host.database.DatabaseServers;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code backup.verify}: whether the newest backup is young enough, whole, and restores. Leaves nothing on the host. */
final class BackupVerify implements Action {
    private static final String FROM = "from";
    private static final String TEST = "restoreTest";
    private static final String UNIQUE = "unique";

    private final ManagedHost host;
    private final BackupLog log;
    private final InstantSource clock;

    BackupVerify(ManagedHost host, BackupLog log, InstantSource clock) {
        this.host = host;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "backup.verify";
    }

    @Override
    public Duration defaultTimeout() {
        return Duration.ofHours(1);
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Plan plan(StepContext context) throws ActionException, InterruptedException {
        BackupArgs args = new BackupArgs(context.args(), host);
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            args.requireKeys();
            if (test(context) && !args.encryption().canOpen()) {
                throw new HostException("a restore has to open the backup: name the private key's file"
                        + " (encrypt.identityFile), or only compare checksums: restoreTest: false");
            }
            // A backup that an earlier step of the run makes is not there before the run.
            String what = newest(args, context, job).map(Manifest::id).orElse(args.name());
            return Plan.of(List.of(Change.newBuilder()
                    .setKind("backup")
                    .setName(what)
                    .setTo(test(context) ? "restored into a scratch place and compared" : "compared with its checksums")
                    .build()));
        });
    }

    private Optional<Manifest> newest(BackupArgs args, StepContext context, Job job)
            throws HostException, IOException, InterruptedException {
        return args.store(FROM, context.workDir(), clock).all(job).stream()
                .filter(backup -> backup.name().equals(args.name()))
                .max(Comparator.comparing(Manifest::created));
    }

    private static boolean test(StepContext context) {
        return context.args().flag(TEST, true);
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) {
        String unique =
                Digests.sha256(context.workDir() + " " + clock.instant()).substring(0, 8);
        return new Structs().put(UNIQUE, unique).build();
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        BackupArgs args = new BackupArgs(context.args(), host);
        try {
            return OnHost.get(() -> new Applied(List.of(proveNewest(args, context, prepared))));
        } catch (ActionException e) {
            record(args).failed(e);
            throw e;
        }
    }

    private Change proveNewest(BackupArgs args, StepContext context, Struct prepared)
            throws HostException, IOException, InterruptedException {
        Job job = OnHost.job(context);
        BackupStore store = args.store(FROM, context.workDir(), clock);
        Manifest newest = newest(args, context, job)
                .orElseThrow(
                        () -> new HostException("there is no backup named " + args.name() + " in " + store.location()));
        requireYoung(newest, context);
        RestoreTrial trial = new RestoreTrial(host, args.packing());
        RestoreTrial.Location files = file -> store.fetch(newest, file, context.workDir(), job);
        trial.requireWhole(newest.archives(), files, job);
        String proven = "whole, by its checksums";
        if (test(context)) {
            List<String> lines = trial.run(
                    newest.archives(),
                    files,
                    scratch(args, prepared),
                    server(args, newest, job),
                    context.workDir(),
                    job);
            proven = String.join("; ", lines);
        }
        job.output().line(newest.id() + ": " + proven);
        record(args).whole(newest, test(context), store);
        return Change.newBuilder()
                .setKind("backup")
                .setName(newest.id())
                .setTo(proven)
                .build();
    }

    private void requireYoung(Manifest newest, StepContext context) throws HostException {
        Optional<Duration> most = context.args().optionalDuration("maxAge");
        Duration age = Duration.between(newest.created(), clock.instant());
        if (most.isPresent() && age.compareTo(most.get()) > 0) {
            throw new HostException("the newest backup, " + newest.id() + ", is "
                    + Units.text(Duration.ofMinutes(age.toMinutes())) + " old, at most " + Units.text(most.get())
                    + " are allowed");
        }
    }

    /** By the engine that the manifest names, whose databases they are. */
    private Optional<DatabaseServer> server(BackupArgs args, Manifest manifest, Job job)
            throws HostException, InterruptedException {
        Optional<String> engine = manifest.archives().stream()
                .filter(archive -> !archive.of().isEmpty() && !archive.kind().equals("state"))
                .map(Manifest.Archive::kind)
                .findFirst();
        return engine.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new DatabaseServers(host).reach(engine, args.args().optionalString("defaultsFile"), job));
    }

    private BackupOnRecord record(BackupArgs args) {
        return new BackupOnRecord(args.name(), log, clock);
    }

    private static Scratch scratch(BackupArgs args, Struct prepared) {
        return Scratch.in(args.scratchBase(FROM), Structs.string(prepared, UNIQUE));
    }

    /** It changes nothing, so there is nothing left to prove; what was cut off has proven nothing. */
    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted) throws ActionException {
        if (interrupted) {
            throw new ActionException("it was cut off before the backup was proven");
        }
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        BackupArgs args = new BackupArgs(context.args(), host);
        Job job = OnHost.job(context);
        Leftovers.end(job);
        OnHost.run(() -> {
            Optional<Manifest> newest = newest(args, context, job);
            boolean tried = test(context) && newest.isPresent();
            scratch(args, prepared)
                    .remove(host.files(), tried ? server(args, newest.get(), job) : Optional.empty(), job);
        });
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        Scratch scratch = scratch(new BackupArgs(context.args(), host), prepared);
        if (OnHost.get(() -> scratch.isLeft(host.files()))) {
            throw new ActionException(scratch.directory() + " is still there");
        }
        return List.of("it changed nothing, and what it restored for the test is gone");
    }
}
