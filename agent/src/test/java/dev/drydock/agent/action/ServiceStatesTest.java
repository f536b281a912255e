package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceStatesTest {
    private static final Job JOB = Job.quiet(Duration.ofMinutes(1));

    private final FakeServices services = new FakeServices();
    private final List<Duration> pauses = new ArrayList<>();
    private final ServiceStates states = new ServiceStates(services, pauses::add);

    @Test
    void whatTheManagerDoesNotDateIsLookedAtThreeTimes() throws Exception {
        states.requireActive(kept(Duration.ZERO), JOB);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void whatIsSteadyForLongEnoughIsLookedAtOnce() throws Exception {
        states.requireActive(kept(Duration.ofSeconds(2)), JOB);
        assertThat(pauses).isEmpty();
        states.requireActive(List.of(), JOB);
        assertThat(pauses).isEmpty();
    }

    @Test
    void whatMissesALittleIsWaitedForNoLonger() throws Exception {
        List<Kept> young = kept(Duration.ofMillis(1_700));
        ServiceStates growing = new ServiceStates(services, pause -> {
            pauses.add(pause);
            services.steady = Duration.ofMillis(2_000);
            services.with("nginx", true);
        });
        growing.requireActive(young, JOB);
        assertThat(pauses).containsExactly(Duration.ofMillis(300));
    }

    @Test
    void theYoungestCounts() throws Exception {
        List<Kept> both = new ArrayList<>(kept(Duration.ofHours(1)));
        services.steady = Duration.ZERO;
        services.with("php-fpm", true);
        both.addAll(states.keep(List.of("php-fpm"), JOB));
        states.requireActive(both, JOB);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void whatIsWrongForLongIsNotProven() throws Exception {
        List<Kept> active = kept(Duration.ofHours(1));
        services.with("nginx", false);
        assertThatThrownBy(() -> states.requireActive(active, JOB))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("service nginx is inactive (dead), and was active before");
    }

    private List<Kept> kept(Duration steady) throws Exception {
        services.steady = steady;
        services.with("nginx", true);
        return states.keep(List.of("nginx"), JOB);
    }
}
