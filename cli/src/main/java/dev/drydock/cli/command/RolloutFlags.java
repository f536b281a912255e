package dev.drydock.cli.command;

import dev.drydock.cli.CliException;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.RolloutSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a rollout is to be: the same for planning one and for making one at once. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class RolloutFlags {
    @Option(
            names = "--playbook",
            required = true,
            paramLabel = "NAME[@VERSION]",
            description = "What to run; the newest version where none is given.")
    String playbook;

    @Option(
            names = "--hosts",
            required = true,
            paramLabel = "CEL",
            description = "On which hosts: an expression over 'host', for example 'host.labels.role == \"web\"'.")
    String hosts;

    @Option(names = "--window", paramLabel = "NAME", defaultValue = "", description = "When: a window's name.")
    String window;

    @Option(
            names = "--emergency",
            paramLabel = "REASON",
            defaultValue = "",
            description =
                    "Instead of a window: begins as soon as another person, an approver, has approved it; no freeze"
                            + " holds it up. The reason stays on record.")
    String emergency;

    @Option(
            names = "--emergency-for",
            paramLabel = "DURATION",
            defaultValue = "4h",
            description = "How long from now an emergency may start and run. Default: 4h.")
    String emergencyFor;

    @Option(
            names = "--wave",
            paramLabel = "N|N%",
            description =
                    "Size of the next wave, a count or a share of all hosts; may be given again. The last wave takes the"
                            + " rest. Default: 1, 2, then doubling up to 20%%.")
    @Nullable
    List<String> waves;

    @Option(
            names = "--max-concurrent",
            paramLabel = "N|N%",
            defaultValue = "",
            description = "How many hosts at once at most. Default: no limit but the wave.")
    String maxConcurrent;

    @Option(
            names = "--failure-threshold",
            paramLabel = "N|N%",
            defaultValue = "",
            description =
                    "Stop when more than so many failed; 0 stops at the first. Default: stop at the first failure in the"
                            + " first two waves.")
    String failureThreshold;

    @Option(
            names = "--soak",
            paramLabel = "DURATION",
            defaultValue = "0s",
            description = "Wait between a wave and the next, for example 15m. Default: 0s.")
    String soak;

    @Option(
            names = "--never-together",
            paramLabel = "labels.NAME[=N]",
            defaultValue = "",
            description = "Of the hosts with one value of this label change one (or N) at once at most, for example"
                    + " labels.cluster.")
    String neverTogether;

    @Option(
            names = "--reboots-at-once",
            paramLabel = "N|N%",
            defaultValue = "10%",
            description = "So many hosts may be down for a reboot at once, at least one. Default: 10%%.")
    String rebootsAtOnce;

    @Option(
            names = "--reboot-interval",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "The least time between two hosts' reboots. Default: 30s.")
    String rebootInterval;

    @Option(
            names = "--approve-before",
            paramLabel = "WAVE",
            split = ",",
            description =
                    "Numbers of waves, from 1, that another person has to approve before they begin, for example 2 or"
                            + " 2,3.")
    @Nullable
    List<Integer> approveBefore;

    @Option(
            names = "--param",
            paramLabel = "KEY=VALUE",
            description = "Value of a parameter of the playbook; may be given again.")
    @Nullable
    List<String> params;

    /** @throws CliException where they contradict each other */
    RolloutSpec spec(String name) {
        if (window.isEmpty() == emergency.isEmpty()) {
            throw CliException.usage(
                    "A rollout runs in a window or is an emergency, one of the two.",
                    "Write --window NAME, or --emergency REASON. Windows are listed by: drydock window list");
        }
        RolloutSpec.Builder spec = RolloutSpec.newBuilder()
                .setName(name)
                .setPlaybook(playbook)
                .putAllParams(Pairs.parse("--param", params))
                .setSelector(hosts)
                .setWindow(window)
                .addAllApproveBefore(approveBefore == null ? List.of() : approveBefore)
                .addAllWaves(Options.all(waves))
                .setMaxConcurrent(maxConcurrent)
                .setFailureThreshold(failureThreshold)
                .setSoak(Times.message(Options.duration("--soak", soak)))
                .setNeverTogether(neverTogether)
                .setRebootsAtOnce(rebootsAtOnce)
                .setRebootInterval(Times.message(Options.duration("--reboot-interval", rebootInterval)));
        if (!emergency.isEmpty()) {
            spec.setEmergency(emergency)
                    .setEmergencyFor(Times.message(Options.duration("--emergency-for", emergencyFor)));
        }
        return spec.build();
    }
}
