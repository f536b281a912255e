package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.WordPressProgress.Stage;
import dev.drydock.agent.action.WordPressUndo.Entry;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.wordpress.Artifacts;
import dev.drydock.agent.host.wordpress.Item;
import dev.drydock.agent.host.wordpress.Maintenance;
import dev.drydock.agent.host.wordpress.SiteDatabase;
import dev.drydock.agent.host.wordpress.SitePhp;
import dev.drydock.agent.host.wordpress.SiteReader;
import dev.drydock.agent.host.wordpress.SiteUser;
import dev.drydock.agent.host.wordpress.UpdateSelection.Chosen;
import dev.drydock.agent.host.wordpress.UpdateSelection.Update;
import dev.drydock.agent.host.wordpress.UpdateSource;
import dev.drydock.agent.host.wordpress.WordPressSite;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.Fetched;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code wordpress.update}: core, plugins and themes of one site, one after the other, the site looked at after each. The way back never
 * goes through the application: directories are swapped, the database is restored by its own client.
 */
final class WordPressUpdate implements Action {
    private final ManagedHost host;
    private final Artifacts artifacts;
    private final Pause pause;

    WordPressUpdate(ManagedHost host, Artifacts artifacts, Pause pause) {
        this.host = host;
        this.artifacts = artifacts;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "wordpress.update";
    }

    @Override
    public Duration defaultTimeout() {
        return Duration.ofMinutes(60);
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return Duration.ofMinutes(30);
    }

    @Override
    public Plan plan(StepContext context) throws ActionException, InterruptedException {
        WordPressArgs args = WordPressArgs.of(context.args());
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            WordPressSite site = site(args);
            List<Change> changes = changes(choose(site, args, source(args, context), job));
            return changes.isEmpty()
                    ? Plan.nothing("WordPress at " + site.path() + " is up to date")
                    : Plan.of(changes);
        });
    }

    private WordPressSite site(WordPressArgs args) throws HostException, IOException {
        if (!host.files().isWholeSystem()) {
            throw new HostException("wordpress.update works on a running system alone, not on one in a root directory:"
                    + " the site, its PHP and its database must run");
        }
        args.urls();
        WordPressSite site = new SiteReader(host.files()).read(args.path());
        if (new Maintenance(host.files().resolve(site.path())).isOthers()) {
            throw new HostException(
                    site.path() + " is in maintenance: somebody else is updating it, or was cut off; look, and"
                            + " remove " + site.path() + "/.maintenance");
        }
        return site;
    }

    private UpdateSource source(WordPressArgs args, StepContext context) throws IOException {
        return WordPressSources.of(
                args.source(), host, new FetchedArtifact(artifacts, context.fetched()), context.workDir());
    }

    /** The artifact came with the plan. What wordpress.org sends could not be proven a second time, and a mirror is at hand. */
    @Override
    public Fetched fetch(StepContext context, Plan plan) throws ActionException, InterruptedException {
        WordPressArgs args = WordPressArgs.of(context.args());
        return OnHost.get(() -> args.source().has("artifact") || args.source().has("mirror")
                ? new FetchedArtifact(artifacts, context.fetched()).lying()
                : Fetched.newBuilder()
                        .setReason(
                                "releases of wordpress.org are fetched by the run: they tell no checksum to prove them by")
                        .build());
    }

    private List<Update> choose(WordPressSite site, WordPressArgs args, UpdateSource source, Job job)
            throws HostException, IOException, InterruptedException {
        String php = SitePhp.version(host.commands(), job);
        Chosen chosen = args.selection().choose(site, source.releases(site, job), php);
        chosen.remarks().forEach(job.output()::line);
        if (!chosen.missing().isEmpty()) {
            throw new HostException(
                    source.describe() + " does not have, or cannot bring here: " + String.join("; ", chosen.missing()));
        }
        boolean core = chosen.updates().stream().anyMatch(u -> u.item().kind() == Item.Kind.CORE);
        if (core && php.isEmpty()) {
            throw new HostException(
                    "there is no php for the command line, without which the core's database cannot be upgraded");
        }
        return chosen.updates();
    }

    private static List<Change> changes(List<Update> updates) {
        return updates.stream()
                .map(u -> Change.newBuilder()
                        .setKind(u.item().kind().word())
                        .setName(u.item().slug())
                        .setFrom(u.from())
                        .setTo(u.to().version())
                        .build())
                .toList();
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        WordPressArgs args = WordPressArgs.of(context.args());
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            WordPressSite site = site(args);
            UpdateSource source = source(args, context);
            List<Update> updates = choose(site, args, source, job);
            if (!changes(updates).equals(plan.changes())) {
                throw new HostException("what is to change is no longer what was planned: " + changes(updates));
            }
            SiteUser user = SiteUser.of(
                            host.files().resolve(site.path()), host.files().resolve(site.content()))
                    .orElseThrow(
                            () -> new HostException(
                                    "all of " + site.path()
                                            + " belongs to root, as whom no code of a site is run; give its content to the site's user"));
            SiteDatabase database = WordPressTools.database(host, site);
            String address = database.option("siteurl", job);
            String name = Objects.requireNonNullElse(URI.create(address).getAuthority(), "localhost");
            WordPressTools tools = WordPressTools.of(host, args, site, user, name, pause, job);
            return new WordPressPreparation(tools, args, context.workDir(), job)
                    .prepare(updates, source, user, name, hasWpCli())
                    .toStruct();
        });
    }

    private boolean hasWpCli() {
        try {
            host.commands().requireProgram("wp");
            return true;
        } catch (IOException absent) {
            return false;
        }
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        WordPressArgs args = WordPressArgs.of(context.args());
        WordPressUndo undo = WordPressUndo.of(prepared);
        Job job = OnHost.job(context);
        return OnHost.get(() -> new Applied(
                new WordPressRun(tools(args, undo, job), args, undo, context.workDir(), pause, job).update()));
    }

    private WordPressTools tools(WordPressArgs args, WordPressUndo undo, Job job)
            throws HostException, IOException, InterruptedException {
        return WordPressTools.of(host, args, undo, pause, job);
    }

    /** Cut off in the middle it goes back as a whole: what an item that was being watched would have done cannot be told. */
    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        WordPressArgs args = WordPressArgs.of(context.args());
        WordPressUndo undo = WordPressUndo.of(prepared);
        Job job = OnHost.job(context);
        OnHost.run(() -> {
            WordPressTools tools = tools(args, undo, job);
            if (interrupted
                    && (args.again().isPositive()
                            || !new WordPressRollback(tools, args, undo, context.workDir(), job).settled())) {
                throw new HostException("it was cut off in the middle of the update");
            }
            WordPressProgress progress = new WordPressProgress(context.workDir());
            for (int index = 0; index < undo.items().size(); index++) {
                Entry entry = undo.items().get(index);
                String expected = progress.isAt(index, Stage.PROVEN) ? entry.to() : entry.from();
                requireVersion(tools.site(), entry.item(), expected);
            }
            WordPressRollback.requireOutOfMaintenance(undo);
            List<String> wrong = tools.health().await(undo.baseline(), args.grace(), job);
            if (!wrong.isEmpty()) {
                throw new HostException("the site is not as well as before: " + String.join("; ", wrong));
            }
        });
    }

    private void requireVersion(WordPressSite site, Item item, String expected) throws HostException, IOException {
        Optional<String> found = SiteReader.version(item.kind(), host.files().resolve(site.directory(item)));
        if (!found.equals(Optional.of(expected))) {
            throw new HostException(item + " is " + found.orElse("not there") + ", expected " + expected);
        }
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        OnHost.run(() -> rollback(context, WordPressUndo.of(prepared)).rollBack());
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        return OnHost.get(() -> rollback(context, WordPressUndo.of(prepared)).prove());
    }

    private WordPressRollback rollback(StepContext context, WordPressUndo undo)
            throws HostException, IOException, InterruptedException {
        WordPressArgs args = WordPressArgs.of(context.args());
        Job job = OnHost.job(context);
        return new WordPressRollback(tools(args, undo, job), args, undo, context.workDir(), job);
    }
}
