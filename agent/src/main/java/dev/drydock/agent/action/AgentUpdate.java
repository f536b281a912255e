package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.wordpress.Artifacts;
import dev.drydock.playbooks.model.Args;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code agent.update}: another version of this very program. The package's updater, a service of its own, restarts the agent in
 * it and puts this version back where the new one does not come to the controller in time. To the run that is a crash in
 * the middle of {@code apply}: whichever version comes up reads in {@code verify} what came of it.
 */
final class AgentUpdate implements Action {
    private static final Duration CHECK_IN = Duration.ofMinutes(5);
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Set<String> UNDER_WAY = Set.of("begun", "switched", "returning");

    private final ManagedHost host;
    private final Artifacts artifacts;
    private final Path home;
    private final Pause pause;

    /** @param home where the package keeps its versions */
    AgentUpdate(ManagedHost host, Artifacts artifacts, Path home, Pause pause) {
        this.host = host;
        this.artifacts = artifacts;
        this.home = home;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "agent.update";
    }

    @Override
    public Duration defaultTimeout() {
        return TIMEOUT;
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return TIMEOUT;
    }

    @Override
    public Plan plan(StepContext context) throws ActionException {
        String current = current();
        String wanted = context.args().string("version");
        if (current.equals(wanted)) {
            return Plan.nothing("the agent is " + wanted + " already");
        }
        return Plan.of(List.of(Change.newBuilder()
                .setKind("agent")
                .setName("drydock-agent")
                .setFrom(current)
                .setTo(wanted)
                .build()));
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        OnHost.run(() -> artifacts.fetch(context.args().string("artifact"), archive(context), job));
        return new Structs().put("from", current()).build();
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        String wanted = context.args().string("version");
        OnHost.run(() -> {
            String unpacked = update(job, "unpack", archive(context).toString()).strip();
            if (!unpacked.equals(wanted)) {
                throw new HostException("the artifact holds the agent " + unpacked + ", not " + wanted);
            }
            restartIn(job, wanted, checkIn(context.args()));
        });
        throw new ActionException("the updater (drydock-agent-update.service) did not restart the agent");
    }

    /** Returns only when the updater has not ended this process. */
    private void restartIn(Job job, String version, Duration within)
            throws HostException, IOException, InterruptedException {
        update(job, "begin", version, String.valueOf(within.toSeconds()));
        job.require(
                host.commands(),
                Map.of(),
                List.of("systemctl", "restart", "--no-block", "drydock-agent-update.service"));
        while (!job.timeLeft().get().isZero() && !phase(job).equals("superseded")) {
            pause.of(LOOK);
        }
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        String wanted = context.args().string("version");
        Map<String, String> state = OnHost.get(() -> {
            Map<String, String> known = state(job);
            while (UNDER_WAY.contains(known.getOrDefault("phase", ""))
                    && !job.timeLeft().get().isZero()) {
                pause.of(LOOK);
                known = state(job);
            }
            return known;
        });
        if (!current().equals(wanted) || !state.getOrDefault("phase", "").equals("good")) {
            throw new ActionException("the agent " + wanted + " was not taken: "
                    + state.getOrDefault("phase", "nothing was begun") + " " + state.getOrDefault("why", "") + "; "
                    + current() + " counts");
        }
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        String from = Structs.string(prepared, "from");
        if (current().equals(from)) {
            return;
        }
        OnHost.run(() -> restartIn(job, from, checkIn(context.args())));
        throw new ActionException("the updater (drydock-agent-update.service) did not put " + from + " back");
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared) throws ActionException {
        String from = Structs.string(prepared, "from");
        if (!current().equals(from)) {
            throw new ActionException("the agent " + current() + " counts, and not " + from);
        }
        return List.of("the agent " + from + " counts again");
    }

    private static Path archive(StepContext context) {
        return context.workDir().resolve("agent.tar.gz");
    }

    private static Duration checkIn(Args args) {
        return args.optionalString("checkIn").flatMap(Units::duration).orElse(CHECK_IN);
    }

    private String current() throws ActionException {
        Path link = home.resolve("current");
        if (!Files.isExecutable(home.resolve("update")) || !Files.isSymbolicLink(link)) {
            throw new ActionException("this agent was not installed from a package, so it cannot update itself");
        }
        if (!host.files().root().equals(Path.of("/"))) {
            throw new ActionException("this agent manages another system than its own");
        }
        try {
            return String.valueOf(Files.readSymbolicLink(link).getFileName());
        } catch (IOException e) {
            throw new ActionException("which version of the agent counts cannot be read: " + e.getMessage(), e);
        }
    }

    private String phase(Job job) throws HostException, IOException, InterruptedException {
        return state(job).getOrDefault("phase", "");
    }

    private Map<String, String> state(Job job) throws HostException, IOException, InterruptedException {
        return update(job.silent(), "state")
                .lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, second) -> second));
    }

    private String update(Job job, String... arguments) throws HostException, IOException, InterruptedException {
        List<String> command =
                new java.util.ArrayList<>(List.of(home.resolve("update").toString()));
        command.addAll(List.of(arguments));
        return job.require(host.commands(), Map.of(), command);
    }
}
