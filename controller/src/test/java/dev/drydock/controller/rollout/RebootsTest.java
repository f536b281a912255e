package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.run.Reboot;
import dev.drydock.controller.run.Reboot.Phase;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Who may reboot, and when. */
class RebootsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void asManyAtOnceAsTheStrategyAllows() {
        Story story = running(4, pace("2", Duration.ZERO));

        assertThat(awaits(story, 1)).containsExactly("h-1");
        assertThat(awaits(story, 2)).containsExactly("h-2");
        assertThat(awaits(story, 3)).as("two are down").isEmpty();
        assertThat(awaits(story, 4)).isEmpty();
        assertThat(reports(story, 1, Phase.UNDER_WAY)).isEmpty();
        assertThat(over(story, 1)).as("the first is up again").containsExactly("h-3");
        assertThat(ends(story, 2, RunState.ROLLED_BACK)).containsExactly("h-4");
    }

    @Test
    void aShareIsOfTheRolloutsHostsAndAtLeastOne() {
        assertThat(new RebootPace("10%", Duration.ZERO).most(40)).isEqualTo(4);
        assertThat(new RebootPace("10%", Duration.ZERO).most(3)).isOne();
        assertThat(RebootPace.USUAL.most(200)).isEqualTo(20);
    }

    @Test
    void atLeastTheIntervalApart() {
        Story story = running(3, pace("3", MINUTE));
        Instant first = story.now;

        assertThat(awaits(story, 1)).containsExactly("h-1");
        assertThat(awaits(story, 2)).isEmpty();
        assertThat(story.commands(Command.ScheduleTick.class))
                .extracting(Command.ScheduleTick::at)
                .containsExactly(first.plus(MINUTE));
        assertThat(allowed(story.at(first.plusSeconds(59)))).isEmpty();
        assertThat(allowed(story.at(first.plus(MINUTE)))).containsExactly("h-2");
    }

    @Test
    void theIntervalCountsFromAHostThatIsUpAgain() {
        Story story = running(2, pace("1", MINUTE));
        awaits(story, 1);
        assertThat(over(story, 1)).isEmpty();
        ends(story, 1, RunState.SUCCEEDED);

        assertThat(awaits(story, 2)).isEmpty();
        assertThat(allowed(story.after(MINUTE))).containsExactly("h-2");
    }

    @Test
    void neverTwoOfWhatIsNeverTogether() {
        Strategy two = new Strategy(
                List.of("4"), "", "4", Duration.ZERO, "labels.pair=2", List.of(), new RebootPace("4", Duration.ZERO));
        Story story = running(4, two);

        assertThat(awaits(story, 1)).containsExactly("h-1");
        assertThat(awaits(story, 2)).as("of the pair of which one is down").isEmpty();
        assertThat(awaits(story, 3)).containsExactly("h-3");
        assertThat(over(story, 1)).containsExactly("h-2");
    }

    @Test
    void leaveIsGivenOnceAndSaidAgainWhenTheControllerComesBack() {
        Story story = running(2, pace("1", Duration.ZERO));
        awaits(story, 1);

        assertThat(reports(story, 1, Phase.AWAITED)).as("an older report").isEmpty();
        assertThat(allowed(story.tick())).isEmpty();
        assertThat(allowed(story.happens(new RolloutEvent.Recovered()))).containsExactly("h-1");
        reports(story, 1, Phase.UNDER_WAY);
        assertThat(allowed(story.happens(new RolloutEvent.Recovered()))).isEmpty();
    }

    @Test
    void whatRunsWhenTheRolloutIsPausedMayReboot() {
        Story story = running(2, pace("1", Duration.ZERO)).happens(new RolloutEvent.Pause());

        assertThat(awaits(story, 1)).containsExactly("h-1");
    }

    @Test
    void whatGoesBackIsNotLetReboot() {
        Story story = running(2, pace("1", Duration.ZERO)).happens(new RolloutEvent.Abort(true));

        assertThat(awaits(story, 1)).isEmpty();
    }

    @Test
    void aHostThatWasLostHoldsUpNobody() {
        Story story = running(2, pace("1", Duration.ZERO));
        awaits(story, 1);
        reports(story, 1, Phase.UNDER_WAY);

        assertThat(awaits(story, 2)).isEmpty();
        assertThat(ends(story, 1, RunState.LOST)).containsExactly("h-2");
    }

    @Test
    void whatIsWrongWithAPaceIsSaid() {
        assertThat(pace("0", Duration.ofDays(2)).reboots().problems())
                .anyMatch(problem -> problem.startsWith("reboots_at_once: '0' is no number of hosts"))
                .anyMatch(problem -> problem.startsWith("reboot_interval: PT48H is not between 0s and 1d"));
        assertThat(RebootPace.USUAL.problems()).isEmpty();
    }

    /** Whatever order hosts ask in, and however long each is down. */
    @Property(tries = 300)
    void isNeverExceededAndNobodyWaitsForEver(
            @ForAll @IntRange(min = 1, max = 9) int hosts,
            @ForAll @IntRange(min = 1, max = 4) int most,
            @ForAll @IntRange(min = 0, max = 90) int seconds,
            @ForAll long seed) {
        Duration interval = Duration.ofSeconds(seconds);
        Story story = running(hosts, pace(String.valueOf(most), interval));
        Random random = new Random(seed);
        Set<Integer> asked = new HashSet<>();
        Set<Integer> down = new HashSet<>();
        Set<Integer> up = new HashSet<>();
        Instant last = Instant.EPOCH;
        for (int i = 0; i < 2_000 && up.size() < hosts; i++) {
            int host = 1 + random.nextInt(hosts);
            List<String> let;
            if (asked.add(host)) {
                let = awaits(story, host);
            } else if (down.remove(host)) {
                up.add(host);
                let = over(story, host);
            } else {
                let = allowed(story.at(story.now.plusSeconds(random.nextInt(20))));
            }
            for (String id : let) {
                assertThat(story.now).isAfterOrEqualTo(last.plus(interval));
                last = story.now;
                assertThat(down.add(Integer.parseInt(id.substring(2)))).isTrue();
            }
            assertThat(down.size()).isLessThanOrEqualTo(most);
        }
        assertThat(up).hasSize(hosts);
    }

    private static Strategy pace(String atOnce, Duration interval) {
        return new Strategy(
                List.of("100%"), "", "100%", Duration.ZERO, "", List.of(), new RebootPace(atOnce, interval));
    }

    /** All of them have begun. */
    private static Story running(int hosts, Strategy strategy) {
        Story story = new Story(Plans.plan(hosts, strategy, Plans.ONCE)).opens();
        for (int i = 1; i <= hosts; i++) {
            story.run(i, RunState.RUNNING);
        }
        return story;
    }

    private static List<String> awaits(Story story, int host) {
        return reports(story, host, Phase.AWAITED);
    }

    private static List<String> reports(Story story, int host, Phase phase) {
        return reports(story, host, RunState.RUNNING, Optional.of(new Reboot(2, phase)));
    }

    private static List<String> over(Story story, int host) {
        return reports(story, host, RunState.RUNNING, Optional.empty());
    }

    private static List<String> ends(Story story, int host, RunState state) {
        return reports(story, host, state, Optional.empty());
    }

    private static List<String> reports(Story story, int host, RunState state, Optional<Reboot> reboot) {
        return allowed(story.happens(new RolloutEvent.RunChanged(
                "h-" + host, story.host(host).runId(), state, "", "", Optional.empty(), Optional.empty(), reboot)));
    }

    private static List<String> allowed(Story story) {
        return story.commands(Command.AllowReboot.class).stream()
                .map(Command.AllowReboot::hostId)
                .toList();
    }
}
