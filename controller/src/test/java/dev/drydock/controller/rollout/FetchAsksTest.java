package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.rollout.FetchAsks.Ask;
import dev.drydock.controller.rollout.FetchAsks.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Who is asked to download ahead of an opening, and when. */
class FetchAsksTest {
    private static final Duration LEAD = Duration.ofHours(4);
    private static final Instant OPENS = Plans.FIRST.opens();
    private static final Strategy ALL = Plans.strategy("100%", "", "100%", Duration.ZERO);

    private final FetchAsks asks = new FetchAsks(LEAD, 20);

    @Test
    void eachHostIsAskedOnceInTheFirstHalfOfTheLead() {
        Rollout rollout = scheduled(5);
        assertThat(asks.next(List.of(rollout), OPENS.minus(LEAD).minusSeconds(1)))
                .isEmpty();
        List<Ask> asked = new ArrayList<>();
        for (Instant now = OPENS.minus(LEAD); now.isBefore(OPENS); now = now.plusSeconds(60)) {
            for (Ask ask : asks.next(List.of(rollout), now)) {
                assertThat(now).isBeforeOrEqualTo(OPENS.minus(LEAD.dividedBy(2)));
                asked.add(ask);
                asks.answered(ask, true);
            }
        }
        assertThat(asked).extracting(Ask::hostId).containsExactlyInAnyOrder("h-1", "h-2", "h-3", "h-4", "h-5");
        assertThat(asks.tally(rollout, OPENS)).isEqualTo(new Tally(5, 5, 5));
    }

    @Test
    void aHostThatWasAwayIsAskedWhenItIsBack() {
        Story story = story(2).away(Map.of("h-1", "offline"));
        Instant late = OPENS.minusSeconds(600);
        List<Ask> first = asks.next(List.of(story.rollout), late);
        assertThat(first).extracting(Ask::hostId).containsExactly("h-2");
        asks.away(first.getFirst());
        assertThat(asks.next(List.of(story.away(Map.of()).rollout), late))
                .extracting(Ask::hostId)
                .containsExactly("h-1", "h-2");
    }

    @Test
    void neverInsideTheOpeningNorForARolloutThatStandsStill() {
        Story story = story(2);
        assertThat(asks.next(List.of(story.rollout), OPENS)).isEmpty();
        story.happens(new RolloutEvent.Pause());
        assertThat(asks.next(List.of(story.rollout), OPENS.minusSeconds(1))).isEmpty();
        assertThat(new FetchAsks(Duration.ZERO, 20).next(List.of(scheduled(2)), OPENS.minusSeconds(1)))
                .as("a lead of zero")
                .isEmpty();
    }

    @Test
    void theNextOpeningAsksAgainThoseThatAreNotDone() {
        Story story = new Story(Plans.plan(2, ALL, Plans.NIGHTLY));
        assertThat(asks.next(List.of(story.rollout), OPENS.minusSeconds(1))).hasSize(2);
        story.happens(new RolloutEvent.Pause()).at(Plans.FIRST.closes()).happens(new RolloutEvent.Resume());
        Instant next = story.rollout.opening().orElseThrow().opens();
        assertThat(next).isEqualTo(OPENS.plus(Duration.ofDays(1)));
        assertThat(asks.next(List.of(story.rollout), next.minusSeconds(1)))
                .as("their answers are not in")
                .isEmpty();
        asks.answered(new Ask("o-1", "h-1", OPENS), true);
        assertThat(asks.next(List.of(story.rollout), next.minusSeconds(1)))
                .extracting(Ask::hostId)
                .containsExactly("h-1");
    }

    /** Whatever comes and goes, in whatever order answers are given. */
    @Property(tries = 200)
    void bounds(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 12) int hosts,
            @ForAll @IntRange(min = 1, max = 5) int most) {
        FetchAsks some = new FetchAsks(LEAD, most);
        Story one = story("o-1", hosts);
        Story other = story("o-2", hosts);
        Map<String, Ask> underWay = new HashMap<>();
        Set<Ask> ever = new HashSet<>();
        for (Instant now = OPENS.minus(LEAD).minusSeconds(900);
                now.isBefore(OPENS.plusSeconds(900));
                now = now.plusSeconds(random.nextInt(300))) {
            Map<String, String> away = new HashMap<>();
            for (int i = 1; i <= hosts; i++) {
                if (random.nextInt(4) == 0) {
                    away.put("h-" + i, "offline");
                }
            }
            one.away(away);
            other.away(away);
            for (Ask ask : some.next(List.of(one.rollout, other.rollout), now)) {
                assertThat(underWay.put(ask.hostId(), ask))
                        .as("one at a time to a host")
                        .isNull();
                assertThat(ever.add(ask)).as("once an opening: " + ask).isTrue();
                assertThat(away).doesNotContainKey(ask.hostId());
                assertThat(now).isBefore(OPENS).isAfterOrEqualTo(some.at(ask.hostId(), OPENS));
                assertThat(some.at(ask.hostId(), OPENS))
                        .isBetween(OPENS.minus(LEAD), OPENS.minus(LEAD.dividedBy(2)))
                        .isEqualTo(new FetchAsks(LEAD, 1).at(ask.hostId(), OPENS));
            }
            assertThat(underWay).hasSizeLessThanOrEqualTo(most);
            for (Ask ask : List.copyOf(underWay.values())) {
                if (random.nextInt(3) == 0) {
                    some.answered(ask, random.nextBoolean());
                    underWay.remove(ask.hostId());
                }
            }
        }
    }

    @Test
    void hostsAreSpread() {
        Set<Long> minutes = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            minutes.add(Duration.between(OPENS.minus(LEAD), asks.at("h-" + i, OPENS))
                    .toMinutes());
        }
        assertThat(minutes).as("of the 120 minutes of the first half").hasSizeGreaterThan(110);
    }

    private static Rollout scheduled(int hosts) {
        return story(hosts).rollout;
    }

    private static Story story(int hosts) {
        return story("o-1", hosts);
    }

    private static Story story(String id, int hosts) {
        return new Story(Plans.plan(id, id, hosts, ALL, Plans.ONCE));
    }
}
