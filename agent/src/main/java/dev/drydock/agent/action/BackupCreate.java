package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.backup.BackupContents;
import dev.drydock.agent.backup.BackupLog;
import dev.drydock.agent.backup.BackupMaker;
import dev.drydock.agent.backup.BackupStore;
import dev.drydock.agent.backup.Manifest;
import dev.drydock.agent.backup.RestoreTrial;
import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Leftovers;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code backup.create}: files and databases, proven to restore where that is asked for. It changes nothing on the host but its own
 * directory. The way back: what is unfinished goes; a backup that is whole stays, since a run that fails is when it is wanted.
 */
final class BackupCreate implements Action {
    private static final String ID = "id";
    private static final String TO = BackupWanted.TO;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ManagedHost host;
    private final BackupLog log;
    private final InstantSource clock;

    BackupCreate(ManagedHost host, BackupLog log, InstantSource clock) {
        this.host = host;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "backup.create";
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
            BackupContents contents = new BackupWanted(args, context, job).contents();
            if (contents.kind().isEmpty()) {
                throw new IllegalArgumentException(
                        "neither 'files' nor 'databases' is given, so there is nothing to back up");
            }
            args.requireKeys();
            if (test(context) && !args.encryption().canOpen()) {
                throw new HostException("restoreTest has to open the backup again: name the private key's file"
                        + " (encrypt.identityFile), or leave the test to a host that has it (backup.verify)");
            }
            new BackupMaker(host, args.packing()).requirePrograms(contents, job);
            BackupStore store = args.store(TO, context.workDir(), clock);
            store.requireUsable(job);
            return Plan.of(new BackupWanted(args, context, job).changes(contents, store));
        });
    }

    private static boolean test(StepContext context) {
        return context.args().flag(BackupWanted.TEST, false);
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        BackupArgs args = new BackupArgs(context.args(), host);
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            BackupWanted wanted = new BackupWanted(args, context, job);
            wanted.requireRoom(wanted.contents(), args.store(TO, context.workDir(), clock));
            Instant now = clock.instant();
            String unique = Digests.sha256(context.workDir() + " " + now).substring(0, 8);
            return new Structs()
                    .put(ID, args.name() + "-" + STAMP.format(now) + "-" + unique)
                    .put("created", now.toString())
                    .build();
        });
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        BackupArgs args = new BackupArgs(context.args(), host);
        try {
            return OnHost.get(() -> new Applied(make(args, context, prepared)));
        } catch (ActionException e) {
            record(args).failed(e);
            throw e;
        }
    }

    private List<Change> make(BackupArgs args, StepContext context, Struct prepared)
            throws HostException, IOException, InterruptedException {
        Job job = OnHost.job(context);
        String id = Structs.string(prepared, ID);
        BackupStore store = args.store(TO, context.workDir(), clock);
        wayBack(context).clearEarlier(store, id);
        BackupContents contents = new BackupWanted(args, context, job).contents();
        log.unfinished().begun(store.location(), id);
        Path staging = store.staging(id);
        List<Manifest.Archive> archives =
                new BackupMaker(host, args.packing()).make(contents, staging, context.workDir(), job);
        List<String> proven = List.of();
        if (test(context)) {
            RestoreTrial trial = new RestoreTrial(host, args.packing());
            trial.requireWhole(archives, staging::resolve, job);
            proven = trial.run(
                    archives,
                    staging::resolve,
                    BackupWayBack.scratch(args, id),
                    contents.server(),
                    context.workDir(),
                    job);
            proven.forEach(job.output()::line);
        }
        Manifest manifest = new Manifest(
                id, args.name(), Instant.parse(Structs.string(prepared, "created")), test(context), archives);
        store.publish(manifest, job);
        log.unfinished().ended(store.location(), id);
        record(args).whole(manifest, manifest.restored(), store);
        List<Change> changes = new ArrayList<>();
        changes.add(Change.newBuilder()
                .setKind("backup")
                .setName(contents.kind())
                .setTo(store.location() + "/" + id + ", " + BackupWanted.mib(manifest.size()) + " MiB"
                        + (proven.isEmpty() ? "" : ", restore proven: " + String.join("; ", proven)))
                .build());
        changes.addAll(new BackupRetention(args, log).apply(store, clock.instant(), job));
        return changes;
    }

    /** It has its name only when it is whole, and its restore was tried before that. */
    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        BackupArgs args = new BackupArgs(context.args(), host);
        String id = Structs.string(prepared, ID);
        OnHost.run(() -> {
            BackupStore store = args.store(TO, context.workDir(), clock);
            Manifest manifest = store.find(id, OnHost.job(context))
                    .orElseThrow(() -> new HostException(
                            "backup " + id + " is not whole" + (interrupted ? ": it was cut off" : "")));
            if (interrupted) {
                log.unfinished().ended(store.location(), id);
                record(args).whole(manifest, manifest.restored(), store);
            }
        });
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        Leftovers.end(OnHost.job(context));
        wayBack(context).goBack(Structs.string(prepared, ID));
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        return wayBack(context).prove(Structs.string(prepared, ID));
    }

    private BackupOnRecord record(BackupArgs args) {
        return new BackupOnRecord(args.name(), log, clock);
    }

    private BackupWayBack wayBack(StepContext context) {
        return new BackupWayBack(host, log, clock, context);
    }
}
