package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.States;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.cli.output.Width;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.v1.Approval;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.Wave;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a rollout looks to people when it does not move. */
final class RolloutText {
    private RolloutText() {}

    static List<String> created(Rollout rollout, Times times) {
        int hosts =
                rollout.getWavesList().stream().mapToInt(Wave::getHostsCount).sum();
        List<String> lines = new ArrayList<>();
        lines.add("Rollout " + rollout.getSpec().getName() + ": "
                + rollout.getSpec().getPlaybook() + " on "
                + count(hosts, "host") + " in " + count(rollout.getWavesCount(), "wave") + ", "
                + when(rollout, times) + ".");
        rollout.getWavesList()
                .forEach(wave -> lines.add(Width.pad("wave " + wave.getNumber(), 8) + " "
                        + Width.pad(count(wave.getHostsCount(), "host"), 10) + " " + names(wave)));
        exclusions(rollout, lines);
        return lines;
    }

    private static String when(Rollout rollout, Times times) {
        String emergency = rollout.getSpec().getEmergency();
        return emergency.isEmpty()
                ? "window " + rollout.getSpec().getWindow() + opening(rollout, times)
                : "EMERGENCY" + opening(rollout, times) + ": " + Width.printable(emergency);
    }

    private static String opening(Rollout rollout, Times times) {
        if (!rollout.hasOpening()) {
            return "";
        }
        var opening = rollout.getOpening();
        boolean open = !Times.instant(opening.getOpens()).isAfter(times.now());
        return open
                ? " (open now, until " + times.at(opening.getCloses()) + ")"
                : " (opens "
                        + times.atAndRelative(opening.getOpens())
                                .replace(" (", ", ")
                                .replace(")", "") + ")";
    }

    private static String names(Wave wave) {
        return some(wave.getHostsList().stream().map(HostRun::getHost).toList(), 6);
    }

    /** The first of them by name, and how many more there are. */
    static String some(List<String> hosts, int shown) {
        String names = String.join(" ", hosts.stream().limit(shown).toList());
        return hosts.size() > shown ? names + " and " + (hosts.size() - shown) + " more" : names;
    }

    static List<String> standing(Rollout rollout) {
        return List.of("Rollout " + rollout.getSpec().getName() + " is " + States.word(rollout.getState())
                + (rollout.getReason().isEmpty() ? "." : ": " + rollout.getReason()));
    }

    static List<String> details(Rollout rollout, Output output) {
        Times times = output.times();
        RolloutSpec spec = rollout.getSpec();
        Table head = Table.plain();
        head.row("rollout", spec.getName());
        head.row(Cell.of("state"), States.cell(rollout.getState()));
        if (!rollout.getReason().isEmpty()) {
            head.row("reason", rollout.getReason());
        }
        head.row("playbook", spec.getPlaybook() + " " + rollout.getPlaybookDigest());
        if (spec.getParamsCount() > 0) {
            head.row("params", Pairs.text(spec.getParamsMap()));
        }
        head.row("hosts", spec.getSelector());
        if (spec.getEmergency().isEmpty()) {
            head.row("window", spec.getWindow() + opening(rollout, times));
        } else {
            head.row("EMERGENCY", spec.getEmergency() + opening(rollout, times));
        }
        head.row("strategy", strategy(spec));
        if (rollout.getFetchedHosts() > 0) {
            int hosts = rollout.getWavesList().stream()
                    .mapToInt(Wave::getHostsCount)
                    .sum();
            head.row("fetched ahead", "on " + rollout.getFetchedHosts() + " of " + count(hosts, "host"));
        }
        for (Approval approval : rollout.getApprovalsList()) {
            head.row(
                    "approved",
                    "wave " + approval.getWave() + " by " + approval.getBy() + ", " + times.at(approval.getAt())
                            + (approval.getComment().isEmpty() ? "" : ": " + approval.getComment()));
        }
        head.row(
                "created",
                times.atAndRelative(rollout.getCreatedAt())
                        + (rollout.getCreatedBy().isEmpty() ? "" : " by " + rollout.getCreatedBy()));
        head.row("started", times.atAndRelative(rollout.getStartedAt()));
        head.row("ended", times.atAndRelative(rollout.getEndedAt()));
        List<String> lines = new ArrayList<>(output.render(head));
        if (rollout.getWavesCount() > 0) {
            lines.add("");
            lines.addAll(output.render(hosts(rollout)));
        }
        exclusions(rollout, lines);
        return lines;
    }

    private static String strategy(RolloutSpec spec) {
        List<String> parts = new ArrayList<>();
        parts.add(
                spec.getWavesCount() == 0
                        ? "default waves"
                        : "waves " + String.join(", ", spec.getWavesList()) + ", rest");
        if (!spec.getMaxConcurrent().isEmpty()) {
            parts.add("at most " + spec.getMaxConcurrent() + " at once");
        }
        parts.add(
                spec.getFailureThreshold().isEmpty()
                        ? "default failure threshold"
                        : "stops when more than " + spec.getFailureThreshold() + " failed");
        if (!Times.duration(spec.getSoak()).isZero()) {
            parts.add("soak " + Units.text(Times.duration(spec.getSoak())));
        }
        if (spec.getApproveBeforeCount() > 0) {
            parts.add("approval before wave "
                    + spec.getApproveBeforeList().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return String.join("; ", parts);
    }

    private static Table hosts(Rollout rollout) {
        Table table = Table.of("WAVE", "HOST", "STATE", "RUN", "SAYS");
        for (Wave wave : rollout.getWavesList()) {
            for (HostRun host : wave.getHostsList()) {
                table.row(
                        Cell.of(wave.getNumber()),
                        Cell.of(host.getHost()),
                        States.cell(host.getState()),
                        Cell.orDash(host.getRunId()),
                        Cell.orDash(host.getReason().isEmpty() ? host.getStep() : host.getReason()));
            }
        }
        return table.withoutEmpty("RUN", "SAYS");
    }

    private static void exclusions(Rollout rollout, List<String> lines) {
        if (rollout.getNotIncludedCount() > 0) {
            lines.add("not included:");
            rollout.getNotIncludedList()
                    .forEach(exclusion -> lines.add(
                            "  " + Width.printable(exclusion.getHost() + " (" + exclusion.getReason() + ")")));
        }
    }

    static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
