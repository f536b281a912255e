package dev.drydock.controller.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.run.RunStates;
import dev.drydock.controller.team.Severity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** That a rollout has ended, to the owners of its hosts. Pure. */
final class RolloutAlerts {
    private RolloutAlerts() {}

    /** Empty: it has not ended. One that goes on after a retry, and ends again, is told of again. */
    static Optional<Alert> of(Rollout rollout) {
        if (!rollout.state().ended() || rollout.endedAt().isEmpty()) {
            return Optional.empty();
        }
        Instant ended = rollout.endedAt().get();
        return Optional.of(new Alert(
                Alert.PREFIX + "rollout/" + rollout.id() + "/" + ChronoUnit.MICROS.between(Instant.EPOCH, ended),
                severity(rollout.state()),
                "",
                rollout.hosts().stream().map(one -> one.host().id()).collect(Collectors.toSet()),
                ended,
                owned -> words(rollout, owned)));
    }

    private static Severity severity(RolloutState state) {
        return switch (state) {
            case COMPLETED -> Severity.INFO;
            case STOPPED -> Severity.CRITICAL;
            default -> Severity.WARNING;
        };
    }

    private static Alert.Words words(Rollout rollout, List<String> owned) {
        Set<String> ids = new HashSet<>(owned);
        List<HostProgress> own = rollout.hosts().stream()
                .filter(one -> ids.contains(one.host().id()))
                .toList();
        List<HostProgress> failed =
                own.stream().filter(one -> RunStates.failed(one.state())).toList();
        String state = rollout.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        StringBuilder text = new StringBuilder(
                "Rollout " + rollout.name() + " of " + rollout.plan().playbook().reference() + " is " + state + ".\n");
        if (!rollout.reason().isEmpty()) {
            text.append(Alert.printable(rollout.reason())).append('\n');
        }
        text.append("\nYour hosts in it: ")
                .append(own.size())
                .append(", of which failed: ")
                .append(failed.size());
        failed.stream().limit(20).forEach(one -> text.append("\n  ")
                .append(one.host().name())
                .append("  ")
                .append(outcome(one))
                .append(one.reason().isEmpty() ? "" : ": " + Alert.printable(one.reason())));
        text.append("\n\nTo see it:   drydock rollout show ")
                .append(rollout.name())
                .append('\n');
        return new Alert.Words(
                "Rollout " + rollout.name() + " is " + state
                        + (failed.isEmpty() ? "" : ": " + failed.size() + " of your hosts failed"),
                text.toString(),
                "rollout.ended",
                data -> {
                    data.put("rollout", rollout.name())
                            .put("playbook", rollout.plan().playbook().reference())
                            .put("state", rollout.state().name().toLowerCase(Locale.ROOT))
                            .put("reason", rollout.reason());
                    ArrayNode hosts = data.putArray("hosts");
                    own.forEach(one -> hosts.addObject()
                            .put("name", one.host().name())
                            .put("outcome", one.state().name().toLowerCase(Locale.ROOT))
                            .put("reason", one.reason()));
                });
    }

    private static String outcome(HostProgress host) {
        return host.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
