package dev.drydock.controller.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Incidents on record, and what of the record of runs makes them. Each change is durable when it returns. */
public interface IncidentStore {
    /** Runs that have ended and were not counted yet, oldest first. */
    List<EndedRun> uncounted(int most);

    /** @param runs that were looked at; @param changes those of them that are of a contract. All or none */
    void counted(List<EndedRun> runs, List<ContractChange> changes);

    /** Runs that failed and are in no incident, oldest first. */
    List<EndedRun> withoutIncident(int most);

    /**
     * Puts the run into the incident of its group and contract that is not resolved yet, or opens one, in one step. A run that is
     * in one already stays there.
     *
     * @param asked with the run's host alone
     * @return the incident; empty: the run was in one
     */
    Optional<Incident> take(NewIncident asked);

    /** @return the one with this request id, where there is one already */
    Incident open(NewIncident asked);

    Optional<Incident> find(long number);

    /** Newest first. */
    List<Incident> list(IncidentFilter filter, int most);

    /** Oldest first. */
    List<Entry> log(long number);

    /**
     * Puts on record what was done. The function sees the incident as it is then, and may throw.
     *
     * @param entry as it stands in the log, but for the states, which follow from the change
     * @throws UnknownIncidentException there is none
     */
    Incident change(long number, Entry entry, UnaryOperator<Incident> change);

    /** Later runs of the same playbook on the same host that succeeded, by the id of the run that failed. */
    Map<String, Evidence> evidence(long number);

    /** @param runId of the newest one */
    record Evidence(String runId, Instant endedAt) {}

    /** Opened in {@code [from, to)}, oldest first. */
    List<Incident> ofContract(String contract, Instant from, Instant to);

    /** Runs that began, and ended in {@code [from, to)}, counted against it. */
    List<CountedRun> runsOfContract(String contract, Instant from, Instant to);
}
