package dev.drydock.controller.notice;

import dev.drydock.controller.notify.NotificationStore.Told;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.team.Team;
import dev.drydock.controller.window.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which notices are due. Pure.
 *
 * <p>Of those of a team whose time has come only the last one counts: a rollout that is made half an hour before its window is
 * announced once, as the one hour's notice, and so is one that was announced to nobody while the controller was down. After
 * the window has opened nothing is announced. A rollout that is paused is not announced before it is resumed.
 */
final class NoticeSchedule {
    private NoticeSchedule() {}

    /** @param before of the team's notices the one that is due */
    record Due(Team team, Rollout rollout, Opening opening, Duration before) {
        NoticeKey key() {
            return new NoticeKey(rollout.id(), opening.opens(), Optional.of(before));
        }
    }

    /** A team was told of an opening that its rollout will not use. */
    record CalledOff(String team, NoticeKey announced) {}

    /** @param live rollouts that have not ended */
    static List<Due> due(Collection<Rollout> live, Collection<Team> teams, Set<Told> told, Instant now) {
        List<Due> due = new ArrayList<>();
        for (Rollout rollout : live) {
            Optional<Opening> opening = announced(rollout).filter(next -> now.isBefore(next.opens()));
            if (opening.isEmpty()) {
                continue;
            }
            for (Team team : teams) {
                team.notices().stream()
                        .filter(before -> !now.isBefore(opening.get().opens().minus(before)))
                        .min(Duration::compareTo)
                        .map(before -> new Due(team, rollout, opening.get(), before))
                        .filter(one ->
                                !told.contains(new Told(team.name(), one.key().text())))
                        .ifPresent(due::add);
            }
        }
        return due;
    }

    /** The opening that a rollout will use next, as far as is known now. */
    private static Optional<Opening> announced(Rollout rollout) {
        return rollout.state().ended()
                        || rollout.state() == RolloutState.PAUSED
                        || rollout.state() == RolloutState.STOPPING
                ? Optional.empty()
                : rollout.opening();
    }

    /**
     * Openings that were announced, are still to come, and will not be used: the rollout has ended, or its window does not open
     * then after all. Each once for a team.
     */
    static Set<CalledOff> calledOff(Collection<Rollout> live, Set<Told> told, Instant now) {
        Map<String, Rollout> byId = new HashMap<>();
        live.forEach(rollout -> byId.put(rollout.id(), rollout));
        Set<CalledOff> off = new HashSet<>();
        for (Told one : told) {
            NoticeKey key = NoticeKey.parse(one.about());
            boolean toCome = key.before().isPresent() && now.isBefore(key.opens());
            boolean said = told.contains(new Told(one.team(), key.calledOff().text()));
            if (toCome && !said && !uses(Optional.ofNullable(byId.get(key.rolloutId())), key.opens())) {
                off.add(new CalledOff(one.team(), key.calledOff()));
            }
        }
        return off;
    }

    private static boolean uses(Optional<Rollout> rollout, Instant opens) {
        return rollout.filter(one -> !one.state().ended() && one.state() != RolloutState.STOPPING)
                .flatMap(Rollout::opening)
                .filter(opening -> opening.opens().equals(opens))
                .isPresent();
    }
}
