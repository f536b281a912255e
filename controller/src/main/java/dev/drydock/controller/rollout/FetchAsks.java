package dev.drydock.controller.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Decides which hosts are asked to download ahead of an opening, and when: each once an opening, at an instant of its own in the
 * first half of the lead, one rollout at a time, so many in all; a host that is away then when it is back. Pure but for its memory
 * of who was asked, which may be lost: hosts are asked again then. For one thread.
 */
final class FetchAsks {
    /** Mirrors are for all hosts at once when the window opens; before that they need not be. */
    static final int MOST_AT_ONCE = 20;

    private static final Duration MEMORY = Duration.ofDays(1);

    private final Duration lead;
    private final int most;
    private final Set<Ask> asked = new HashSet<>();
    private final Map<String, Ask> underWay = new HashMap<>();
    private final Map<Ask, Boolean> answers = new HashMap<>();

    /**
     * @param lead before an opening; zero: nobody is asked
     * @param most hosts at once
     */
    FetchAsks(Duration lead, int most) {
        this.lead = lead;
        this.most = most;
    }

    /** A host of a rollout before an opening. */
    record Ask(String rolloutId, String hostId, Instant opens) {}

    /** @param ready where all that was asked for lies ready */
    record Tally(int hosts, int asked, int ready) {}

    /** Who is to be asked now. Counts as asked from here on. */
    List<Ask> next(Collection<Rollout> rollouts, Instant now) {
        forget(now);
        List<Ask> asks = new ArrayList<>();
        for (Rollout rollout : rollouts) {
            if (comes(rollout, now)) {
                Instant opens = rollout.opening().orElseThrow().opens();
                for (HostProgress host : rollout.hosts()) {
                    String id = host.host().id();
                    Ask ask = new Ask(rollout.id(), id, opens);
                    if (underWay.size() < most
                            && host.waiting()
                            && host.unready().isEmpty()
                            && !now.isBefore(at(id, opens))
                            && !underWay.containsKey(id)
                            && asked.add(ask)) {
                        underWay.put(id, ask);
                        asks.add(ask);
                    }
                }
            }
        }
        return asks;
    }

    private boolean comes(Rollout rollout, Instant now) {
        return lead.isPositive()
                && rollout.state() == RolloutState.SCHEDULED
                && rollout.opening()
                        .filter(opening -> now.isBefore(opening.opens())
                                && !now.isBefore(opening.opens().minus(lead)))
                        .isPresent();
    }

    /** The same for the same host and opening, whoever works it out again. */
    Instant at(String hostId, Instant opens) {
        long spread = lead.dividedBy(2).toMillis();
        long seed = 31L * hostId.hashCode() + opens.getEpochSecond();
        return opens.minus(lead).plusMillis(spread == 0 ? 0 : new SplittableRandom(seed).nextLong(spread));
    }

    /** @param ready whether all that the host was asked for lies ready there */
    void answered(Ask ask, boolean ready) {
        underWay.remove(ask.hostId(), ask);
        answers.put(ask, ready);
    }

    /** The host was gone before it was asked. */
    void away(Ask ask) {
        underWay.remove(ask.hostId(), ask);
        asked.remove(ask);
    }

    /** Of a rollout before that opening. */
    Tally tally(Rollout rollout, Instant opens) {
        int told = 0;
        int ready = 0;
        for (HostProgress host : rollout.hosts()) {
            Ask ask = new Ask(rollout.id(), host.host().id(), opens);
            told += asked.contains(ask) ? 1 : 0;
            ready += answers.getOrDefault(ask, false) ? 1 : 0;
        }
        return new Tally(rollout.hosts().size(), told, ready);
    }

    private void forget(Instant now) {
        asked.removeIf(ask -> now.isAfter(ask.opens().plus(MEMORY)) && !underWay.containsValue(ask));
        answers.keySet().retainAll(asked);
    }
}
