package dev.drydock.controller.team;

import dev.drydock.controller.naming.ChangedMeanwhileException;
import dev.drydock.controller.selector.HostSelector;
import dev.drydock.proto.facts.v1.Host;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All teams, on record and at hand. A change counts as soon as it is durable. Thread-safe. */
public final class Teams {
    private final TeamStore store;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, Team> teams = new TreeMap<>();

    /** Takes up what is on record. */
    public Teams(TeamStore store, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        store.all().forEach(team -> teams.put(team.name(), team));
    }

    /** @param secret that was made for its webhook; empty: it was given, or is the one that it had */
    public record Made(Team team, Optional<WebhookSecret> secret) {}

    /** By name. */
    public synchronized List<Team> all() {
        return List.copyOf(teams.values());
    }

    /** @throws UnknownTeamException there is none */
    public synchronized Team find(String name) {
        return known(name).orElseThrow(() -> new UnknownTeamException(name));
    }

    /**
     * Idempotent: the same again changes nothing.
     *
     * @throws InvalidTeamException with all that is wrong with it
     * @throws TeamExistsException another has its name, and it is not to be replaced
     * @throws ChangedMeanwhileException there is none with the draft's etag any more
     */
    public synchronized Made create(TeamDraft draft) throws InvalidTeamException {
        Made asked = check(draft);
        Optional<Team> there = known(draft.name());
        if (!draft.etag().isEmpty()
                && there.filter(team -> team.etag().equals(draft.etag())).isEmpty()) {
            throw new ChangedMeanwhileException("team " + draft.name());
        }
        if (there.filter(asked.team()::equals).isEmpty()) {
            store.put(asked.team());
            teams.put(draft.name(), asked.team());
        }
        return asked;
    }

    /** What {@link #create} would give, or throw, but for an etag that is not that of the one that is there. Changes nothing. */
    public synchronized Made check(TeamDraft draft) throws InvalidTeamException {
        Optional<Team> there = known(draft.name());
        WebhookSecret fresh = WebhookSecret.random(random);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Team asked = draft.validate(now, there.flatMap(Team::webhook), there.flatMap(Team::chat), () -> fresh);
        if (there.isPresent() && asked.same(there.get())) {
            return new Made(there.get(), Optional.empty());
        }
        if (there.isPresent() && !draft.replace()) {
            throw new TeamExistsException(draft.name());
        }
        return new Made(asked, asked.webhook().map(Webhook::secret).filter(fresh::equals));
    }

    /**
     * @param etag of the one that is meant; empty: whatever is there
     * @throws UnknownTeamException there is none
     * @throws ChangedMeanwhileException there is another
     */
    public synchronized void delete(String name, String etag) {
        if (!etag.isEmpty() && !find(name).etag().equals(etag)) {
            throw new ChangedMeanwhileException("team " + find(name).name());
        }
        store.delete(find(name).name());
        teams.remove(name);
    }

    private Optional<Team> known(String name) {
        return Optional.ofNullable(teams.get(name));
    }

    /** Which hosts a team owns. To be made once for many hosts. A host that the selector has no answer for is not owned. */
    public static Predicate<Host> owned(Team team) {
        return HostSelector.of(team.hosts(), "team " + team.name());
    }
}
