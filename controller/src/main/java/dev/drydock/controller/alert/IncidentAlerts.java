package dev.drydock.controller.alert;

import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.contract.ServiceClock;
import dev.drydock.controller.incident.AffectedHost;
import dev.drydock.controller.incident.Incident;
import dev.drydock.controller.incident.RunGroup;
import dev.drydock.controller.team.Severity;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** That an incident was opened, and that one of its clocks is about to be missed, or was. Pure. */
final class IncidentAlerts {
    private IncidentAlerts() {}

    static List<Alert> of(Incident incident, Instant now) {
        List<Alert> alerts = new ArrayList<>();
        alerts.add(alert(
                incident,
                "opened",
                severity(incident),
                incident.group()
                        .map(group -> "incident/" + incident.cover().contract() + "/" + group.cause())
                        .orElse(""),
                incident.openedAt(),
                "was opened"));
        clock(alerts, incident, "response", incident.response(), now);
        clock(alerts, incident, "fix", incident.fix(), now);
        return alerts;
    }

    private static Severity severity(Incident incident) {
        boolean grave = incident.type() == MaintenanceType.EMERGENCY
                || incident.hosts().stream().anyMatch(host -> host.run()
                        .filter(run -> run.state() == RunState.ROLLBACK_FAILED)
                        .isPresent());
        return grave ? Severity.CRITICAL : Severity.WARNING;
    }

    private static void clock(List<Alert> alerts, Incident incident, String name, ServiceClock clock, Instant now) {
        String words = name.equals("fix") ? "permanent fix" : "response";
        boolean runs = clock.state(now) == ServiceClock.State.RUNNING;
        clock.warnedAt()
                .filter(at -> runs && !now.isBefore(at))
                .ifPresent(at -> alerts.add(alert(
                        incident,
                        name + "/warned",
                        Severity.WARNING,
                        "",
                        at,
                        "has a " + words + " due at " + clock.due().orElseThrow())));
        clock.due()
                .filter(at -> clock.state(now) == ServiceClock.State.MISSED)
                .ifPresent(at -> alerts.add(alert(
                        incident,
                        name + "/missed",
                        Severity.CRITICAL,
                        "",
                        at,
                        "has missed its " + words + ", due at " + at)));
    }

    private static Alert alert(
            Incident incident, String what, Severity severity, String topic, Instant at, String words) {
        return new Alert(
                Alert.PREFIX + "incident/" + incident.number() + "/" + what,
                severity,
                topic,
                incident.hosts().stream().map(AffectedHost::id).collect(Collectors.toSet()),
                at,
                owned -> words(incident, what, words, owned));
    }

    private static Alert.Words words(Incident incident, String what, String words, List<String> owned) {
        Set<String> ids = new HashSet<>(owned);
        List<String> names = incident.hosts().stream()
                .filter(host -> ids.contains(host.id()))
                .map(AffectedHost::name)
                .distinct()
                .toList();
        String client = incident.cover().contract().isEmpty()
                ? "out of contract"
                : "contract " + incident.cover().contract() + " with "
                        + incident.cover().client();
        String text = "Incident " + incident.id() + " " + words + " (" + client + ").\n"
                + Alert.printable(incident.title()) + "\n\n"
                + "state         " + incident.state().words() + "\n"
                + "response due  " + due(incident.response()) + "\n"
                + "fix due       " + due(incident.fix()) + "\n"
                + "your hosts    " + Alert.some(names) + "\n\n"
                + "To see it:   drydock incident show " + incident.id() + "\n";
        return new Alert.Words(
                "Incident " + incident.id() + " " + words + ": " + incident.title(),
                text,
                "incident." + what.replace('/', '_'),
                data -> {
                    data.put("incident", incident.id())
                            .put("title", incident.title())
                            .put("state", incident.state().name().toLowerCase(Locale.ROOT))
                            .put("contract", incident.cover().contract())
                            .put("client", incident.cover().client())
                            .put(
                                    "rollout",
                                    incident.group().map(RunGroup::rollout).orElse(""));
                    incident.response().due().ifPresent(due -> data.put("response_due", due.toString()));
                    incident.fix().due().ifPresent(due -> data.put("fix_due", due.toString()));
                    var hosts = data.putArray("hosts");
                    names.forEach(hosts::add);
                });
    }

    private static String due(ServiceClock clock) {
        return clock.due().map(Instant::toString).orElse("not promised");
    }
}
