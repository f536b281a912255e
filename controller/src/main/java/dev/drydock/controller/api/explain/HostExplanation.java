package dev.drydock.controller.api.explain;

import com.google.protobuf.util.Timestamps;
import dev.drydock.controller.agents.HostView;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.v1.Exclusion;
import dev.drydock.proto.v1.ExplainedKind;
import dev.drydock.proto.v1.Explanation;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why a host was patched, or was not, or will not be. Pure. */
public final class HostExplanation {
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration EXPIRES_SOON = Duration.ofDays(1);

    private HostExplanation() {}

    /** A window that is for the host. */
    public record HostWindow(String name, Optional<Instant> nextOpens, String hindered) {}

    /**
     * @param live rollouts that have not ended, as the caller may see them, with their waves
     * @param contradiction why windows let nothing start on it; empty: they do
     * @param runs of the host, the newest first
     */
    public static Explanation of(
            HostView host,
            List<Rollout> live,
            List<HostWindow> windows,
            Optional<String> contradiction,
            List<Run> runs,
            Instant now) {
        Answer answer = new Answer(
                ExplainedKind.EXPLAINED_HOST, host.name(), "Host " + host.name() + " " + standing(host) + ".");
        runs.forEach(run -> answer.happened(
                run.hasEndedAt() ? run.getEndedAt() : run.getOfferedAt(),
                "run " + run.getId() + " of rollout " + run.getRollout() + ": it " + Words.of(run.getState())
                        + Words.because(run.getReason())));
        health(host, now, answer);
        contradiction.ifPresent(why -> answer.holds("nothing starts on it: " + why));
        windows.forEach(window -> answer.holds(window(window)));
        boolean taken = rollouts(host, live, answer);
        next(host, taken, contradiction, answer);
        return answer.done();
    }

    private static String standing(HostView host) {
        if (host.revoked()) {
            return "is revoked: its agent is let in no more, and nothing runs there";
        }
        if (host.cloned()) {
            return "is one of two machines that speak with one identity: nothing starts there until that is mended";
        }
        if (host.drained()) {
            return "is drained: no new run starts there";
        }
        if (!host.online()) {
            return "is not connected"
                    + host.lastSeen().map(at -> ", last seen at " + at).orElse(", and has never been");
        }
        return "is connected and can take runs";
    }

    private static void health(HostView host, Instant now, Answer answer) {
        Host facts = host.facts();
        if (!host.online()) {
            host.lastSeen().ifPresent(at -> answer.holds("its agent was last heard at " + at));
        }
        host.clockSkew()
                .filter(skew -> skew.abs().compareTo(SKEW) > 0)
                .ifPresent(skew -> answer.holds("its clock is off by " + skew.toSeconds()
                        + " s: windows are kept by the controller's word, but its own log will mislead"));
        if (host.certificateExpiresAt().isBefore(now.plus(EXPIRES_SOON))) {
            answer.holds((host.certificateExpiresAt().isBefore(now)
                            ? "its certificate has expired at "
                            : "its certificate expires at ")
                    + host.certificateExpiresAt());
        }
        facts.getPackages().getBrokenList().forEach(broken -> answer.holds("its package manager complains: " + broken));
        if (facts.getReboot().getRequired()) {
            answer.holds("it needs a reboot to use what was installed");
        }
        if (facts.hasPackages()) {
            answer.holds(facts.getPackages().getPendingCount() + " updates are pending, "
                    + facts.getPackages().getPendingSecurity() + " of them for security, as of "
                    + Timestamps.toString(facts.getPackages().getRefreshedAt()));
        }
    }

    private static String window(HostWindow window) {
        String text = "window " + window.name() + " is for it and "
                + window.nextOpens().map(at -> "opens next at " + at).orElse("does not open again");
        return window.hindered().isEmpty() ? text : text + "; the one before is taken: " + window.hindered();
    }

    private static boolean rollouts(HostView host, List<Rollout> live, Answer answer) {
        boolean taken = false;
        for (Rollout rollout : live) {
            String name = rollout.getSpec().getName();
            Optional<HostRun> place = rollout.getWavesList().stream()
                    .flatMap(wave -> wave.getHostsList().stream())
                    .filter(run -> run.getHostId().equals(host.id()))
                    .findFirst();
            if (place.isPresent()) {
                taken = true;
                answer.holds("rollout " + name + " has it: it "
                        + Words.of(place.get().getState())
                        + Words.because(place.get().getReason()) + waves(rollout, place.get()));
            }
            rollout.getNotIncludedList().stream()
                    .filter(exclusion -> exclusion.getHost().equals(host.name()))
                    .map(Exclusion::getReason)
                    .findFirst()
                    .ifPresent(why -> answer.holds("rollout " + name + " leaves it out: " + why));
        }
        if (!taken) {
            answer.holds("no rollout that has not ended has it");
        }
        return taken;
    }

    private static String waves(Rollout rollout, HostRun place) {
        return rollout.getWavesList().stream()
                .filter(wave -> wave.getHostsList().contains(place))
                .map(wave -> "; wave " + wave.getNumber() + ", and the rollout is at wave " + rollout.getCurrentWave())
                .findFirst()
                .orElse("");
    }

    private static void next(HostView host, boolean taken, Optional<String> contradiction, Answer answer) {
        String name = host.name();
        if (host.revoked()) {
            answer.next("To have it back, enrol it anew.", "drydock token create");
            return;
        }
        if (host.cloned()) {
            answer.next(
                    "End one of the two machines or enrol it anew, then say so.", "drydock host clear-clone " + name);
        }
        if (host.drained()) {
            answer.next("Let runs start there again.", "drydock host drain " + name + " --undo");
        }
        if (!host.online()) {
            answer.next(
                    "On the host, see why the agent does not come: is it running, does it reach port 7443?",
                    "systemctl status drydock-agent");
        }
        if (contradiction.isPresent()) {
            answer.next("Change or delete one of the two windows.", "drydock window list");
        }
        if (!host.facts().getPackages().getBrokenList().isEmpty()) {
            answer.next("Have the packages repaired: an update repairs them first.", "drydock host show " + name);
        }
        boolean pending = host.facts().getPackages().getPendingCount() > 0;
        if (!taken && pending) {
            answer.next("Plan a rollout that has it.", "drydock rollout plan --help");
        }
    }
}
