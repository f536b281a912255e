package dev.drydock.controller.api;

import dev.drydock.controller.contract.ServiceClock;
import dev.drydock.controller.incident.AffectedHost;
import dev.drydock.controller.incident.Entry;
import dev.drydock.controller.incident.IncidentStore.Evidence;
import dev.drydock.controller.incident.RunGroup;
import dev.drydock.proto.v1.ClockState;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentClock;
import dev.drydock.proto.v1.IncidentEntry;
import dev.drydock.proto.v1.IncidentHost;
import dev.drydock.proto.v1.IncidentScope;
import dev.drydock.proto.v1.IncidentState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Incidents as the API tells of them. */
final class IncidentMapper {
    private IncidentMapper() {}

    /** Without its log. */
    static Incident brief(dev.drydock.controller.incident.Incident incident, Instant now) {
        return message(incident, now, Map.of()).build();
    }

    static Incident whole(
            dev.drydock.controller.incident.Incident incident,
            Instant now,
            Map<String, Evidence> evidence,
            List<Entry> log) {
        return message(incident, now, evidence)
                .addAllLog(log.stream().map(IncidentMapper::entry).toList())
                .build();
    }

    private static Incident.Builder message(
            dev.drydock.controller.incident.Incident incident, Instant now, Map<String, Evidence> evidence) {
        Incident.Builder message = Incident.newBuilder()
                .setId(incident.id())
                .setTitle(incident.title())
                .setState(state(incident.state()))
                .setType(ContractMapper.type(incident.type()))
                .setScope(
                        switch (incident.cover().scope()) {
                            case IN_SCOPE -> IncidentScope.IN_SCOPE;
                            case OUT_OF_SCOPE -> IncidentScope.OUT_OF_SCOPE;
                            case OUT_OF_CONTRACT -> IncidentScope.OUT_OF_CONTRACT;
                        })
                .setContract(incident.cover().contract())
                .setClient(incident.cover().client())
                .setCharged(!incident.cover().included())
                .setOpenedAt(Times.timestamp(incident.openedAt()))
                .setOpenedBy(incident.openedBy())
                .setResponse(clock(incident.response(), now))
                .setFix(clock(incident.fix(), now))
                .setRollout(incident.group().map(RunGroup::rollout).orElse(""))
                .setPlaybook(incident.group().map(RunGroup::playbook).orElse(""))
                .setCause(incident.group().map(RunGroup::cause).orElse(""))
                .addAllHosts(incident.hosts().stream()
                        .map(host -> host(host, evidence))
                        .toList());
        Times.timestamp(incident.closedAt(), message::setClosedAt);
        Times.timestamp(incident.temporaryFix(), message::setTemporaryFixAt);
        return message;
    }

    private static IncidentClock clock(ServiceClock clock, Instant now) {
        IncidentClock.Builder message = IncidentClock.newBuilder()
                .setState(
                        switch (clock.state(now)) {
                            case RUNNING -> ClockState.CLOCK_RUNNING;
                            case MET -> ClockState.CLOCK_MET;
                            case MISSED -> ClockState.CLOCK_MISSED;
                            case STOPPED -> ClockState.CLOCK_STOPPED;
                        });
        Times.timestamp(clock.due(), message::setDue);
        Times.timestamp(clock.stopped(), message::setStoppedAt);
        return message.build();
    }

    private static IncidentHost host(AffectedHost host, Map<String, Evidence> evidence) {
        IncidentHost.Builder message = IncidentHost.newBuilder().setHost(host.name());
        host.run().ifPresent(run -> {
            message.setRun(run.id())
                    .setOutcome(run.state().name().toLowerCase(Locale.ROOT))
                    .setReason(run.reason());
            Times.timestamp(run.endedAt(), message::setEndedAt);
            Optional.ofNullable(evidence.get(run.id())).ifPresent(later -> message.setSucceededSince(later.runId())
                    .setSucceededAt(Times.timestamp(later.endedAt())));
        });
        return message.build();
    }

    private static IncidentEntry entry(Entry entry) {
        IncidentEntry.Builder message = IncidentEntry.newBuilder()
                .setAt(Times.timestamp(entry.at()))
                .setBy(entry.by())
                .setWhat(entry.action().words().replace(' ', '_'))
                .setComment(entry.comment());
        entry.from().map(IncidentMapper::state).ifPresent(message::setFrom);
        entry.to().map(IncidentMapper::state).ifPresent(message::setTo);
        return message.build();
    }

    private static IncidentState state(dev.drydock.controller.incident.IncidentState state) {
        return switch (state) {
            case OPEN -> IncidentState.INCIDENT_OPEN;
            case RESPONDED -> IncidentState.INCIDENT_RESPONDED;
            case HANDED_OVER -> IncidentState.INCIDENT_HANDED_OVER;
            case RESOLVED -> IncidentState.INCIDENT_RESOLVED;
            case CLOSED -> IncidentState.INCIDENT_CLOSED;
        };
    }

    /** @param all closed ones too, where no state is given */
    static Set<dev.drydock.controller.incident.IncidentState> states(IncidentState state, boolean all) {
        return switch (state) {
            case INCIDENT_OPEN -> EnumSet.of(dev.drydock.controller.incident.IncidentState.OPEN);
            case INCIDENT_RESPONDED -> EnumSet.of(dev.drydock.controller.incident.IncidentState.RESPONDED);
            case INCIDENT_HANDED_OVER -> EnumSet.of(dev.drydock.controller.incident.IncidentState.HANDED_OVER);
            case INCIDENT_RESOLVED -> EnumSet.of(dev.drydock.controller.incident.IncidentState.RESOLVED);
            case INCIDENT_CLOSED -> EnumSet.of(dev.drydock.controller.incident.IncidentState.CLOSED);
            case INCIDENT_STATE_UNSPECIFIED, UNRECOGNIZED -> {
                EnumSet<dev.drydock.controller.incident.IncidentState> states =
                        EnumSet.allOf(dev.drydock.controller.incident.IncidentState.class);
                if (!all) {
                    states.remove(dev.drydock.controller.incident.IncidentState.CLOSED);
                }
                yield states;
            }
        };
    }
}
