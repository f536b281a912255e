package dev.drydock.agent.action;

import dev.drydock.agent.backup.BackupLog;
import dev.drydock.agent.backup.BackupStore;
import dev.drydock.agent.backup.Manifest;
import dev.drydock.agent.backup.Scratch;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The way back of {@code backup.create}: what is unfinished goes, first from this host and then from where it was to lie. A place on
 * another machine that does not answer is asked again until the time is over. Then what may lie there stays on record, for the
 * next backup to remove: the host is as before, which is what a way back has to prove.
 */
final class BackupWayBack {
    private static final String TO = BackupWanted.TO;

    private final ManagedHost host;
    private final BackupLog log;
    private final InstantSource clock;
    private final StepContext context;
    private final BackupArgs args;
    private final Job job;

    BackupWayBack(ManagedHost host, BackupLog log, InstantSource clock, StepContext context) {
        this.host = host;
        this.log = log;
        this.clock = clock;
        this.context = context;
        this.args = new BackupArgs(context.args(), host);
        this.job = OnHost.job(context);
    }

    /** Where the restore of the backup of that id is tried. */
    static Scratch scratch(BackupArgs args, String id) {
        return Scratch.in(args.scratchBase(TO), id.substring(id.lastIndexOf('-') + 1));
    }

    /** Idempotent. A backup that is whole stays. */
    void goBack(String id) throws ActionException, InterruptedException {
        OnHost.run(() -> removeScratch(id));
        if (!OnHost.get(() -> log.unfinished().has(id))) {
            return;
        }
        onPlace(() -> {
            BackupStore store = store();
            store.discard(id, job);
            log.unfinished().ended(store.location(), id);
            return id;
        });
    }

    /** @return the evidence */
    List<String> prove(String id) throws ActionException, InterruptedException {
        OnHost.run(() -> {
            Scratch scratch = scratch(args, id);
            if (scratch.isLeft(host.files())) {
                throw new HostException(scratch.directory() + " is still there");
            }
        });
        String place = context.args().string(TO).replaceAll("/+$", "");
        if (OnHost.get(() -> log.unfinished().has(id))) {
            return List.of(
                    "nothing of the unfinished backup " + id + " is left on this host",
                    "what may lie of it in " + place
                            + " could not be removed: it did not answer in time; the next backup"
                            + " that this host puts there removes it");
        }
        Optional<Optional<Manifest>> asked = onPlace(() -> store().find(id, job));
        if (asked.isEmpty()) {
            return List.of("nothing unfinished of the backup " + id + " is left; " + place
                    + " does not answer any more, so it is not known whether it is there as a whole");
        }
        return asked.get()
                .map(manifest -> List.of("the backup stays, whole"
                        + (manifest.restored() ? " and proven to restore: " : ": ") + place + "/" + id))
                .orElse(List.of("nothing of the unfinished backup " + id + " is left"));
    }

    /** What other runs of this host could not remove when they went back. It is in the way of none, so it fails none either. */
    void clearEarlier(BackupStore store, String own) throws IOException, InterruptedException {
        for (String earlier : log.unfinished().at(store.location())) {
            if (!earlier.equals(own)) {
                job.output().line("Removing what is left of the unfinished backup " + earlier);
                try {
                    removeScratch(earlier);
                    store.discard(earlier, job);
                    log.unfinished().ended(store.location(), earlier);
                } catch (HostException | IOException e) {
                    job.output().line("It could not be removed; the next backup tries again: " + e.getMessage());
                }
            }
        }
    }

    private void removeScratch(String id) throws HostException, IOException, InterruptedException {
        boolean databases = context.args().flag(BackupWanted.TEST, false)
                && !context.args().strings("databases").isEmpty();
        Scratch scratch = scratch(args, id);
        // Before the server is asked for its part, which it may refuse.
        scratch.remove(host.files(), Optional.empty(), job);
        if (databases) {
            scratch.remove(host.files(), Optional.of(args.server(job)), job);
        }
    }

    private BackupStore store() throws HostException, IOException {
        return args.store(TO, context.workDir(), clock);
    }

    /**
     * Asks the place of the backups.
     *
     * @return empty when it is on another machine and there is no time to ask it again
     * @throws ActionException retryable while there is
     */
    private <T> Optional<T> onPlace(OnHost.Work<T> work) throws ActionException, InterruptedException {
        try {
            return Optional.of(OnHost.get(work));
        } catch (ActionException e) {
            if (!args.isRemote(TO)) {
                throw e;
            }
            String said = context.args().string(TO) + " cannot be asked: " + e.getMessage();
            if (context.timeLeft().get().compareTo(Action.ROLLBACK_PAUSE.multipliedBy(2)) > 0) {
                throw new ActionException(said, true, OptionalInt.empty(), e.tail(), e);
            }
            job.output().line(said);
            return Optional.empty();
        }
    }
}
