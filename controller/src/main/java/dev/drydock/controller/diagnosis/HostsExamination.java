package dev.drydock.controller.diagnosis;

import dev.drydock.controller.agents.HostView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Whether the hosts are there, and fit to be patched. */
public final class HostsExamination implements Examination {
    /** An agent comes back within minutes; a host that is away for longer is down, or cannot reach the controller. */
    static final Duration AWAY = Duration.ofMinutes(15);
    /** Above it, TLS and the times in a host's log begin to mislead. */
    static final Duration SKEW = Duration.ofSeconds(30);
    /** Agents renew their certificates long before: what is in the last tenth of its life was not renewed. */
    private static final int LAST_PART = 10;

    private static final String AREA = "hosts";

    private final Supplier<List<HostView>> hosts;
    private final String version;
    private final Duration soon;

    /**
     * @param version of this controller
     * @param lifetime of hosts' certificates
     */
    public HostsExamination(Supplier<List<HostView>> hosts, String version, Duration lifetime) {
        this.hosts = hosts;
        this.version = version;
        this.soon = lifetime.dividedBy(LAST_PART);
    }

    @Override
    public List<Finding> examine(Instant now) {
        List<HostView> fleet =
                hosts.get().stream().filter(host -> !host.revoked()).toList();
        if (fleet.isEmpty()) {
            return List.of(Finding.advice(AREA, "there are none yet", "Make a token: drydock token create"));
        }
        return new Looking(fleet, now, new ArrayList<>()).all(version, soon);
    }

    private record Looking(List<HostView> fleet, Instant now, List<Finding> findings) {
        List<Finding> all(String version, Duration soon) {
            look(
                    host -> host.cloned(),
                    Finding.trouble(
                            AREA,
                            "two machines speak with one identity; nothing starts there",
                            "End one of the two or enrol it anew, then: drydock host clear-clone HOST"));
            look(
                    host -> host.certificateExpiresAt().isBefore(now.plus(soon)),
                    Finding.trouble(
                            AREA,
                            "their certificates end soon: their agents did not renew them",
                            "See the agents' logs: journalctl -u drydock-agent"));
            look(
                    host -> !host.facts().getPackages().getBrokenList().isEmpty(),
                    Finding.trouble(
                            AREA,
                            "their package managers are broken: updates repair them first, if they can",
                            "drydock explain HOST"));
            look(
                    host -> !host.online()
                            && host.lastSeen().orElse(host.enrolledAt()).isBefore(now.minus(AWAY)),
                    Finding.advice(
                            AREA,
                            "not connected for more than " + AWAY.toMinutes() + " minutes: they are not patched",
                            "drydock explain HOST; on the host: drydock-agent doctor"));
            look(
                    host -> host.clockSkew()
                            .filter(skew -> skew.abs().compareTo(SKEW) > 0)
                            .isPresent(),
                    Finding.advice(
                            AREA,
                            "their clocks are off by more than " + SKEW.toSeconds() + " s",
                            "Set them right: systemctl enable --now systemd-timesyncd, or chrony"));
            look(
                    HostView::drained,
                    Finding.advice(AREA, "drained: they get no runs", "drydock host drain HOST --undo"));
            look(
                    host -> !host.facts().getAgentVersion().isEmpty()
                            && !Objects.equals(host.facts().getAgentVersion(), version),
                    Finding.advice(
                            AREA,
                            "their agents are of another version than this controller's " + version,
                            "Update the older side; one version apart works"));
            long there = fleet.stream().filter(HostView::online).count();
            findings.add(Finding.fine(AREA, there + " of " + fleet.size() + " are connected"));
            return findings;
        }

        private void look(Predicate<HostView> which, Finding found) {
            List<String> names =
                    fleet.stream().filter(which).map(HostView::name).toList();
            if (!names.isEmpty()) {
                findings.add(found.of(names));
            }
        }
    }
}
