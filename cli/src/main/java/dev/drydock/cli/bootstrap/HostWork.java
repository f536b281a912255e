package dev.drydock.cli.bootstrap;

import dev.drydock.cli.CliException;
import dev.drydock.cli.ssh.Remote;
import dev.drydock.cli.ssh.Remote.Answer;
import dev.drydock.cli.ssh.SshFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes one host from stage to stage, as {@link BootstrapMachine} has it. Used once, by one thread. */
final class HostWork {
    /** Stages that change nothing: they are not told of as done. */
    private static final Set<Stage> LOOKING = EnumSet.of(Stage.CONNECT, Stage.BECOME, Stage.LOOK);

    private static final Duration LOOK_LIMIT = Duration.ofMinutes(2);

    private final HostTask task;
    private final Controller controller;
    private final Progress progress;
    private final boolean check;
    private final List<Stage> done = new ArrayList<>();
    private @Nullable Remote remote;
    private Elevation elevation = Elevation.ROOT;
    private Sight seen = Sight.parse("");
    private Course course = new Course(Optional.empty(), Optional.empty(), false, false);
    private boolean installed;
    private String hostId = "";
    private String enrolledAs = "";

    /** @param check nothing is changed */
    HostWork(HostTask task, Controller controller, Progress progress, boolean check) {
        this.task = task;
        this.controller = controller;
        this.progress = progress;
        this.check = check;
    }

    HostResult run() {
        Stage stage = Stage.CONNECT;
        try {
            while (!BootstrapMachine.isEnd(stage)) {
                if (check && !LOOKING.contains(stage)) {
                    done.addAll(course.ahead());
                    return result(HostResult.State.WOULD_CHANGE, "", List.of());
                }
                progress.stage(task.name(), stage);
                Outcome outcome = in(stage);
                if (!LOOKING.contains(stage)) {
                    done.add(stage);
                }
                stage = BootstrapMachine.target(stage, outcome);
            }
            return result(done.isEmpty() ? HostResult.State.UNCHANGED : HostResult.State.BOOTSTRAPPED, "", List.of());
        } catch (Stopped e) {
            return failed(stage, e.troubles());
        } catch (SshFault e) {
            return failed(stage, Stopped.by(e).troubles());
        } catch (CliException e) {
            return failed(stage, List.of(new Trouble("controller", e.getMessage(), e.nextStep())));
        } finally {
            if (remote != null) {
                remote.close();
            }
        }
    }

    private HostResult failed(Stage stage, List<Trouble> troubles) {
        Stage end = BootstrapMachine.target(stage, Outcome.TROUBLE);
        progress.stage(task.name(), end);
        return result(HostResult.State.FAILED, stage.code(), troubles);
    }

    private Outcome in(Stage stage) throws SshFault, Stopped {
        return switch (stage) {
            case CONNECT -> {
                remote = task.connecting().connect();
                yield Outcome.DID;
            }
            case BECOME -> {
                elevation = Becoming.root(remote(), task.user(), task.sudo(), task.sudoPassword());
                yield Outcome.DID;
            }
            case LOOK -> look();
            case SHIP -> {
                installing().ship(parcel());
                yield Outcome.DID;
            }
            case INSTALL -> {
                installing().install(parcel());
                installed = true;
                yield Outcome.DID;
            }
            case ENROL -> {
                Enrolling.Member member = new Enrolling(root(), controller, task.wanted())
                        .enrol(course.enrolment().orElseThrow());
                hostId = member.id();
                enrolledAs = member.name();
                yield Outcome.DID;
            }
            case START -> {
                new Enrolling(root(), controller, task.wanted())
                        .start(installed || course.enrolment().isPresent());
                yield Outcome.DID;
            }
            case AWAIT -> {
                enrolledAs = new Enrolling(root(), controller, task.wanted()).await(hostId);
                yield Outcome.DID;
            }
            case DONE, FAILED -> throw new IllegalStateException("nothing is done in " + stage);
        };
    }

    private Outcome look() throws SshFault, Stopped {
        String address = task.wanted().controller();
        int colon = address.lastIndexOf(':');
        Answer answer = root().run(
                        Shell.script(
                                "look.sh",
                                Map.of(
                                        "controller_host",
                                        address.substring(0, colon).replaceAll("[\\[\\]]", ""),
                                        "controller_port",
                                        address.substring(colon + 1))),
                        Remote.Input.NOTHING,
                        LOOK_LIMIT);
        seen = Sight.parse(answer.out());
        if (!answer.out().contains("arch=")) {
            throw new Stopped(
                    "no-shell",
                    "commands do not run there as they should: " + Said.shortly(answer),
                    "Try by hand: ssh, then sudo sh -c 'uname -m'.");
        }
        String id = seen.agentSays("hostId");
        Optional<FleetHost> byId = id.isEmpty() ? Optional.empty() : controller.host(id);
        Decision.Judged judged = Decision.judge(seen, task.wanted(), byId, controller.host(task.name()), installed);
        course = judged.course();
        byId.filter(host -> course.enrolment().isEmpty()).ifPresent(host -> {
            hostId = host.id();
            enrolledAs = host.name();
        });
        if (!judged.troubles().isEmpty()) {
            throw new Stopped(judged.troubles());
        }
        return course.afterLook();
    }

    private Parcel parcel() {
        return course.parcel().orElseThrow();
    }

    private Installing installing() {
        return new Installing(root(), seen, task.contents(), (bytes, of) -> progress.shipped(task.name(), bytes, of));
    }

    private RootShell root() {
        return new RootShell(remote(), elevation);
    }

    private Remote remote() {
        if (remote == null) {
            throw new IllegalStateException("not connected");
        }
        return remote;
    }

    private HostResult result(HostResult.State state, String failedIn, List<Trouble> troubles) {
        return new HostResult(
                task.name(),
                task.address(),
                state,
                hostId,
                enrolledAs,
                seen.get("os_name"),
                seen.arch(),
                seen.agentVersion(),
                List.copyOf(done),
                failedIn,
                troubles);
    }
}
