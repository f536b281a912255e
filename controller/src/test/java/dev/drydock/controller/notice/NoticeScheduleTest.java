package dev.drydock.controller.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.notice.NoticeSchedule.CalledOff;
import dev.drydock.controller.notice.NoticeSchedule.Due;
import dev.drydock.controller.notify.NotificationStore.Told;
import dev.drydock.controller.rollout.Plans;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutEvent;
import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.controller.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class NoticeScheduleTest {
    private static final Instant OPENS = Plans.FIRST.opens();
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Team DBA = team("dba", List.of(DAY, HOUR));

    private static Team team(String name, List<Duration> notices) {
        return new Team(name, "true", List.of(name + "@example.com"), Optional.empty(), notices, Instant.EPOCH);
    }

    private static Rollout rollout(Instant now) {
        Rollout planned = RolloutMachine.planned(
                Plans.plan(3, Plans.strategy("1", "", "", Duration.ZERO), Plans.NIGHTLY), Map.of());
        return RolloutMachine.decide(planned, new RolloutEvent.Tick(), now).rollout();
    }

    private static List<Duration> due(Set<Told> told, Instant now) {
        return NoticeSchedule.due(List.of(rollout(now)), List.of(DBA), told, now).stream()
                .map(Due::before)
                .toList();
    }

    private static Told told(Duration before) {
        return new Told("dba", new NoticeKey("o-1", OPENS, Optional.of(before)).text());
    }

    @Test
    void aDayAndAnHourBefore() {
        assertThat(due(Set.of(), OPENS.minus(DAY).minusMillis(1))).isEmpty();
        assertThat(due(Set.of(), OPENS.minus(DAY))).containsExactly(DAY);
        assertThat(due(Set.of(told(DAY)), OPENS.minus(Duration.ofHours(2)))).isEmpty();
        assertThat(due(Set.of(told(DAY)), OPENS.minus(HOUR))).containsExactly(HOUR);
        assertThat(due(Set.of(told(DAY), told(HOUR)), OPENS.minusMillis(1))).isEmpty();
    }

    @Test
    void whoIsLateTellsOnce() {
        assertThat(due(Set.of(), OPENS.minus(Duration.ofHours(3)))).containsExactly(DAY);
        assertThat(due(Set.of(), OPENS.minusSeconds(60))).containsExactly(HOUR);
    }

    @Test
    void afterTheWindowHasOpenedNothingIsAnnounced() {
        Rollout waits = rollout(OPENS.minusSeconds(1));

        assertThat(NoticeSchedule.due(List.of(waits), List.of(DBA), Set.of(), OPENS))
                .isEmpty();
    }

    @Test
    void theNextOpeningIsAnnouncedAnew() {
        Instant now = OPENS.plus(DAY).minus(HOUR);

        assertThat(due(Set.of(told(DAY), told(HOUR)), now)).containsExactly(HOUR);
    }

    @Test
    void aPausedRolloutIsAnnouncedWhenItIsResumed() {
        Instant now = OPENS.minus(HOUR);
        Rollout paused = RolloutMachine.decide(rollout(now), new RolloutEvent.Pause(), now)
                .rollout();

        assertThat(NoticeSchedule.due(List.of(paused), List.of(DBA), Set.of(), now))
                .isEmpty();
        Rollout resumed =
                RolloutMachine.decide(paused, new RolloutEvent.Resume(), now).rollout();
        assertThat(NoticeSchedule.due(List.of(resumed), List.of(DBA), Set.of(), now))
                .hasSize(1);
    }

    @Test
    void whatWasAnnouncedAndWillNotBeIsCalledOffOnce() {
        Instant now = OPENS.minus(HOUR);
        Rollout waits = rollout(now);
        Set<Told> told = Set.of(told(DAY), told(HOUR));
        CalledOff off = new CalledOff("dba", new NoticeKey("o-1", OPENS, Optional.empty()));

        assertThat(NoticeSchedule.calledOff(List.of(waits), told, now)).isEmpty();
        Rollout aborted =
                RolloutMachine.decide(waits, new RolloutEvent.Abort(false), now).rollout();
        assertThat(NoticeSchedule.calledOff(List.of(aborted), told, now)).containsExactly(off);
        assertThat(NoticeSchedule.calledOff(List.of(), told, now)).containsExactly(off);
        Set<Told> said = Set.of(told(DAY), new Told("dba", off.announced().text()));
        assertThat(NoticeSchedule.calledOff(List.of(), said, now)).isEmpty();
        assertThat(NoticeSchedule.calledOff(List.of(), told, OPENS))
                .as("it is too late")
                .isEmpty();
    }

    /** Looked at whenever, and however often: each of a team's notices at most once, none after the opening, the last always. */
    @Property(tries = 300)
    void neverTwiceAndNeverTooLate(
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 3 * 24 * 60) Integer> minutesBefore) {
        Set<Told> told = new HashSet<>();
        List<Instant> looks = minutesBefore.stream()
                .map(minutes -> OPENS.minus(Duration.ofMinutes(minutes)))
                .sorted()
                .toList();
        for (Instant now : looks) {
            for (Due due : NoticeSchedule.due(List.of(rollout(now)), List.of(DBA), told, now)) {
                assertThat(now).isBefore(due.opening().opens());
                assertThat(now).isAfterOrEqualTo(due.opening().opens().minus(due.before()));
                assertThat(told.add(new Told("dba", due.key().text()))).isTrue();
            }
        }
        boolean inTheLastHour = looks.stream().anyMatch(now -> now.isBefore(OPENS) && !now.isBefore(OPENS.minus(HOUR)));
        assertThat(told.contains(told(HOUR))).isEqualTo(inTheLastHour);
    }
}
