package dev.drydock.cli;

import com.google.protobuf.Duration;
import dev.drydock.proto.v1.ClockState;
import dev.drydock.proto.v1.ClockTally;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractReportResponse;
import dev.drydock.proto.v1.ContractReportRollout;
import dev.drydock.proto.v1.ContractReportRow;
import dev.drydock.proto.v1.ContractTerms;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentClock;
import dev.drydock.proto.v1.IncidentEntry;
import dev.drydock.proto.v1.IncidentHost;
import dev.drydock.proto.v1.IncidentScope;
import dev.drydock.proto.v1.IncidentState;
import dev.drydock.proto.v1.MaintenanceType;
import java.util.List;

/** A contract and its incidents, as the controller would tell of them at {@link Shell#NOW}. */
final class Agreements {
    private Agreements() {}

    static Contract shop() {
        return Contract.newBuilder()
                .setName("shop")
                .setClient("Shop Ltd")
                .setHosts("host.labels.client == \"shop\"")
                .setZone("Europe/Berlin")
                .addAllDays(List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"))
                .setOpens("09:00")
                .setCloses("18:00")
                .addCalendars("holidays")
                .addTerms(ContractTerms.newBuilder()
                        .setType(MaintenanceType.MAINTENANCE_CORRECTIVE)
                        .setResponse(Duration.newBuilder().setSeconds(4 * 3600))
                        .setFixBusinessDays(3))
                .addTerms(ContractTerms.newBuilder()
                        .setType(MaintenanceType.MAINTENANCE_ADAPTIVE)
                        .setCharged(true))
                .setCreatedAt(Fleet.at("2026-11-01T00:00:00Z"))
                .setEtag("e-1")
                .addCoveredHosts("web-01")
                .addCoveredHosts("web-05")
                .addWarnings("calendar holidays was never read: its holidays count as business days")
                .build();
    }

    static Incident rolledBack() {
        return Incident.newBuilder()
                .setId("i-17")
                .setTitle("web@7 in rollout web-0001: http.check: #, expected #")
                .setState(IncidentState.INCIDENT_HANDED_OVER)
                .setType(MaintenanceType.MAINTENANCE_CORRECTIVE)
                .setScope(IncidentScope.IN_SCOPE)
                .setContract("shop")
                .setClient("Shop Ltd")
                .setOpenedAt(Fleet.at("2026-11-24T01:00:00Z"))
                .setResponse(IncidentClock.newBuilder()
                        .setState(ClockState.CLOCK_MET)
                        .setDue(Fleet.at("2026-11-24T05:00:00Z"))
                        .setStoppedAt(Fleet.at("2026-11-24T01:20:00Z")))
                .setFix(IncidentClock.newBuilder()
                        .setState(ClockState.CLOCK_RUNNING)
                        .setDue(Fleet.at("2026-11-27T17:00:00Z")))
                .setRollout("web-0001")
                .setPlaybook("web@7")
                .setCause("http.check: #, expected #")
                .setTemporaryFixAt(Fleet.at("2026-11-24T00:59:00Z"))
                .addHosts(IncidentHost.newBuilder()
                        .setHost("web-05")
                        .setRun("r-web-05")
                        .setOutcome("rolled_back")
                        .setReason("http.check: 502, expected 200\u001b[2J")
                        .setEndedAt(Fleet.at("2026-11-24T00:59:00Z"))
                        .setSucceededSince("r-web-06")
                        .setSucceededAt(Fleet.at("2026-11-24T02:30:00Z")))
                .addLog(IncidentEntry.newBuilder()
                        .setAt(Fleet.at("2026-11-24T01:00:00Z"))
                        .setWhat("opened")
                        .setTo(IncidentState.INCIDENT_OPEN)
                        .setComment("web-05: rolled back and verified, for now"))
                .addLog(IncidentEntry.newBuilder()
                        .setAt(Fleet.at("2026-11-24T01:20:00Z"))
                        .setBy("olga")
                        .setWhat("responded")
                        .setFrom(IncidentState.INCIDENT_OPEN)
                        .setTo(IncidentState.INCIDENT_RESPONDED))
                .addLog(IncidentEntry.newBuilder()
                        .setAt(Fleet.at("2026-11-24T02:00:00Z"))
                        .setBy("olga")
                        .setWhat("handed_to_maintenance")
                        .setFrom(IncidentState.INCIDENT_RESPONDED)
                        .setTo(IncidentState.INCIDENT_HANDED_OVER)
                        .setComment("needs a patch"))
                .build();
    }

    static Incident byHand() {
        return Incident.newBuilder()
                .setId("i-16")
                .setTitle("Slow since noon")
                .setState(IncidentState.INCIDENT_OPEN)
                .setType(MaintenanceType.MAINTENANCE_CORRECTIVE)
                .setScope(IncidentScope.OUT_OF_CONTRACT)
                .setCharged(true)
                .setOpenedAt(Fleet.at("2026-11-23T01:00:00Z"))
                .setOpenedBy("olga")
                .setResponse(IncidentClock.newBuilder().setState(ClockState.CLOCK_RUNNING))
                .setFix(IncidentClock.newBuilder().setState(ClockState.CLOCK_RUNNING))
                .addHosts(IncidentHost.newBuilder().setHost("db-01"))
                .build();
    }

    static ContractReportResponse report() {
        return ContractReportResponse.newBuilder()
                .setContract("shop")
                .setClient("Shop Ltd")
                .setFrom(Fleet.at("2026-11-01T00:00:00Z"))
                .setTo(Fleet.at("2026-12-01T00:00:00Z"))
                .setAt(Fleet.at("2026-11-24T03:00:00Z"))
                .addRows(ContractReportRow.newBuilder()
                        .setType(MaintenanceType.MAINTENANCE_CORRECTIVE)
                        .setInScope(true)
                        .setIncidents(4)
                        .setResponse(ClockTally.newBuilder().setMet(3).setMissed(1))
                        .setFix(ClockTally.newBuilder().setMet(2).setRunning(2))
                        .setChanges(40)
                        .setSucceeded(36)
                        .setRolledBack(3)
                        .setFailed(1))
                .addRows(ContractReportRow.newBuilder()
                        .setType(MaintenanceType.MAINTENANCE_ADAPTIVE)
                        .setInScope(true)
                        .setCharged(true)
                        .setChanges(2)
                        .setSucceeded(2))
                .addRows(ContractReportRow.newBuilder()
                        .setType(MaintenanceType.MAINTENANCE_EMERGENCY)
                        .setCharged(true)
                        .setIncidents(1)
                        .setResponse(ClockTally.newBuilder().setUnpromised(1))
                        .setFix(ClockTally.newBuilder().setUnpromised(1)))
                .addRollouts(ContractReportRollout.newBuilder()
                        .setRollout("web-0001")
                        .setPlaybook("web@7")
                        .setType(MaintenanceType.MAINTENANCE_CORRECTIVE)
                        .setInScope(true)
                        .setChanges(40)
                        .setSucceeded(36)
                        .setRolledBack(3)
                        .setFailed(1))
                .addIncidents(rolledBack().toBuilder().clearLog())
                .build();
    }
}
