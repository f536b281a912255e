package dev.drydock.controller.incident;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.contract.Contract;
import dev.drydock.controller.contract.Contracts;
import dev.drydock.controller.contract.Cover;
import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.window.Blackouts;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What people do with incidents. Thread-safe. */
public final class Incidents {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_COMMENT = 10_000;
    private static final int MOST_HOSTS = 1_000;

    private final IncidentStore store;
    private final Contracts contracts;
    private final HostDirectory hosts;
    private final Blackouts.Source calendars;
    private final InstantSource clock;

    public Incidents(
            IncidentStore store,
            Contracts contracts,
            HostDirectory hosts,
            Blackouts.Source calendars,
            InstantSource clock) {
        this.store = store;
        this.contracts = contracts;
        this.hosts = hosts;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** As somebody wrote it. */
    public record Draft(
            List<String> hosts, String title, MaintenanceType type, String comment, Optional<String> requestId) {}

    /**
     * Opens one by hand. The same request id again gives the one that is there.
     *
     * @throws InvalidIncidentException with all that is wrong with it
     */
    public Incident open(Draft draft, String by) throws InvalidIncidentException {
        List<String> problems = new ArrayList<>();
        if (draft.title().isBlank()
                || draft.title().length() > LONGEST_TITLE
                || draft.title().lines().count() > 1) {
            problems.add("title: expected one line of 1 to " + LONGEST_TITLE + " characters");
        }
        comment(draft.comment(), false, problems);
        List<HostView> affected = affected(draft.hosts(), problems);
        Set<Optional<Contract>> covering =
                affected.stream().map(host -> contracts.of(host.facts())).collect(Collectors.toSet());
        if (covering.size() > 1) {
            problems.add("hosts: they are of more than one contract ("
                    + covering.stream()
                            .map(one -> one.map(Contract::name).orElse("none"))
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + "); expected an incident for each");
        }
        if (!problems.isEmpty()) {
            throw new InvalidIncidentException(problems);
        }
        Instant now = now();
        Cover cover = covering.iterator()
                .next()
                .map(contract -> contract.cover(draft.type(), now, calendars.get()))
                .orElse(Cover.NONE);
        return store.open(new NewIncident(
                draft.requestId(),
                draft.title().strip(),
                draft.type(),
                cover,
                Optional.empty(),
                by,
                now,
                affected.stream()
                        .map(host -> new AffectedHost(host.id(), host.name(), Optional.empty()))
                        .toList(),
                draft.comment()));
    }

    private List<HostView> affected(List<String> names, List<String> problems) {
        List<HostView> found = new ArrayList<>();
        for (String name : names.stream().distinct().toList()) {
            hosts.find(name).ifPresentOrElse(found::add, () -> problems.add("hosts: there is no host '" + name + "'"));
        }
        if (names.isEmpty() || names.size() > MOST_HOSTS) {
            problems.add("hosts: " + names.size() + "; expected 1 to " + MOST_HOSTS);
        }
        return found;
    }

    /**
     * Does something with an incident. The same again, by the same user with the same words, changes nothing.
     *
     * @throws IncidentRefusedException it cannot be done with it as it stands
     * @throws InvalidIncidentException the comment is too long, or says nothing where it is all there is
     */
    public Incident act(long number, IncidentAction action, String by, String comment) throws InvalidIncidentException {
        List<String> problems = new ArrayList<>();
        comment(comment, action == IncidentAction.COMMENT, problems);
        if (!problems.isEmpty()) {
            throw new InvalidIncidentException(problems);
        }
        Optional<Entry> last = store.log(number).reversed().stream().findFirst();
        if (last.filter(entry -> entry.action() == action
                        && entry.by().equals(by)
                        && entry.comment().equals(comment))
                .isPresent()) {
            return find(number);
        }
        Entry entry = new Entry(now(), by, action, Optional.empty(), Optional.empty(), comment);
        return store.change(
                number,
                entry,
                incident ->
                        action == IncidentAction.COMMENT ? commented(incident) : incident.after(action, entry.at()));
    }

    private static Incident commented(Incident incident) {
        if (incident.state() == IncidentState.CLOSED) {
            throw new IncidentRefusedException("Incident " + incident.id() + " is closed: nothing more is said of it.");
        }
        return incident;
    }

    private static void comment(String comment, boolean needed, List<String> problems) {
        if ((needed && comment.isBlank()) || comment.length() > LONGEST_COMMENT) {
            problems.add("comment: " + comment.length() + " characters; expected " + (needed ? "1 to " : "at most ")
                    + LONGEST_COMMENT);
        }
    }

    /** @throws UnknownIncidentException there is none */
    public Incident find(long number) {
        return store.find(number).orElseThrow(() -> new UnknownIncidentException("i-" + number));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
