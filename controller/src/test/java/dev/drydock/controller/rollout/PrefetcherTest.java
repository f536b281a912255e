package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.controller.agents.HostFetches;
import dev.drydock.controller.agents.HostPlan;
import dev.drydock.proto.agent.v1.Fetched;
import dev.drydock.proto.agent.v1.StepPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrefetcherTest {
    private static final Instant OPENS = Plans.FIRST.opens();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<HostPlan>> answers = new ArrayList<>();
    private final TestClock clock = new TestClock(OPENS.minusSeconds(60));
    private final Story story =
            new Story(Plans.plan(30, Plans.strategy("100%", "", "100%", Duration.ZERO), Plans.ONCE));
    private final HostFetches hosts = (host, digest, params, patience) -> {
        assertThat(digest).isEqualTo("d".repeat(64));
        assertThat(params).isEqualTo(Map.of("site", "/var/www"));
        CompletableFuture<HostPlan> answer = new CompletableFuture<>();
        answers.add(answer);
        asked.add(host);
        return answer;
    };
    private final Prefetcher prefetcher =
            new Prefetcher(() -> List.of(story.rollout), hosts, Duration.ofHours(4), clock);

    @AfterEach
    void close() {
        prefetcher.close();
    }

    @Test
    void asManyAtOnceAsMirrorsTakeAndTheNextWhenOneAnswers() {
        prefetcher.look();
        assertThat(asked).hasSize(FetchAsks.MOST_AT_ONCE);
        answers.getFirst().complete(plan(Fetched.newBuilder().setFiles(2).build()));
        await().until(() -> asked.size() == FetchAsks.MOST_AT_ONCE + 1);
        assertThat(asked).doesNotHaveDuplicates();
        assertThat(prefetcher.ready("o-1")).isOne();
        clock.set(OPENS);
        prefetcher.look();
        assertThat(prefetcher.ready("o-1")).as("no news any more").isZero();
    }

    @Test
    void aHostThatFailsIsNotAskedAgainAndOneThatIsGoneIs() {
        clock.set(OPENS.minusSeconds(50));
        prefetcher.look();
        answers.get(0).complete(plan(Fetched.newBuilder().setReason("no room").build()));
        await().until(() -> asked.size() == FetchAsks.MOST_AT_ONCE + 1);
        answers.get(1).complete(new HostPlan("offline", List.of()));
        await().until(() -> {
            prefetcher.look();
            return asked.stream().filter(asked.get(1)::equals).count() == 2;
        });
        assertThat(asked).containsOnlyOnce(asked.get(0));
    }

    @Test
    void nothingIsAskedOnceTheWindowIsOpen() {
        clock.set(OPENS);
        prefetcher.look();
        assertThat(asked).isEmpty();
    }

    private static HostPlan plan(Fetched fetched) {
        return new HostPlan(
                "", List.of(StepPlan.newBuilder().setFetched(fetched).build()));
    }
}
