package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceActionsTest {
    @TempDir
    Path workDir;

    private final FakeServices services = new FakeServices().with("nginx", true).with("cron", false);
    private final Action restart = new ServiceRestart(services, duration -> {});
    private final Action reload = new ServiceReload(services, duration -> {});

    @Test
    void restartsAndProvesThatTheyStay() throws Exception {
        StepContext context = context("nginx", "cron");
        Plan plan = restart.plan(context);
        assertThat(plan.changes()).extracting("name").containsExactly("nginx", "cron");
        assertThat(plan.irreversible()).isEmpty();

        Struct prepared = restart.prepare(context, plan);
        restart.apply(context, prepared);
        restart.verify(context, prepared, false);
        assertThat(services.done).containsExactly("restart nginx", "restart cron");
    }

    @Test
    void aServiceThatDiesAfterItsStartIsFound() throws Exception {
        services.broken.add("nginx");
        StepContext context = context("nginx");
        Struct prepared = restart.prepare(context, restart.plan(context));
        restart.apply(context, prepared);

        assertThatThrownBy(() -> restart.verify(context, prepared, false))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("service nginx is failed (Result: exit-code)");
    }

    @Test
    void aRestartGoesBackToTheStatesBefore() throws Exception {
        StepContext context = context("nginx", "cron");
        Struct prepared = restart.prepare(context, restart.plan(context));
        restart.apply(context, prepared);
        services.done.clear();

        restart.rollback(context, prepared);
        assertThat(services.done).containsExactly("restart nginx", "stop cron");
        assertThat(restart.verifyRollback(context, prepared))
                .containsExactly("service nginx is active, as before", "service cron is not active, as before");
    }

    @Test
    void aServiceThatDiedBeforeItsTurnGoesBackToHowItWasBeforeTheRun() throws Exception {
        StepContext context = context("nginx");
        Struct before = restart.plan(context).before();
        services.with("nginx", false);
        Plan plan = restart.plan(context);
        Struct prepared = restart.prepare(context, new Plan(plan.changes(), "").before(before));
        restart.apply(context, prepared);

        restart.rollback(context, prepared);

        assertThat(services.done).containsExactly("restart nginx", "restart nginx");
        assertThat(restart.verifyRollback(context, prepared)).containsExactly("service nginx is active, as before");
    }

    @Test
    void aServiceThatDiedIsRevivedAlsoWhereItsTurnNeverCame() throws Exception {
        StepContext context = context("nginx", "cron");
        Struct before = reload.plan(context("nginx")).before();
        services.with("nginx", false);

        reload.revive(context, before);
        reload.revive(context, before);

        assertThat(services.done).containsExactly("restart nginx");
        assertThat(reload.verifyRollback(context, before)).containsExactly("service nginx is active, as before");
    }

    @Test
    void whetherACutOffRestartWasDoneIsToldByTheInstance() throws Exception {
        StepContext context = context("nginx");
        Struct prepared = restart.prepare(context, restart.plan(context));

        assertThatThrownBy(() -> restart.verify(context, prepared, true)).hasMessageContaining("was not restarted");
        restart.apply(context, prepared);
        restart.verify(context, prepared, true);
    }

    @Test
    void reloadsOnlyWhatIsActive() throws Exception {
        assertThatThrownBy(() -> reload.plan(context("cron"))).hasMessageContaining("cron is inactive");

        StepContext context = context("nginx");
        Struct prepared = reload.prepare(context, reload.plan(context));
        reload.apply(context, prepared);
        reload.verify(context, prepared, false);
        assertThatThrownBy(() -> reload.verify(context, prepared, true)).hasMessageContaining("cut off");
        reload.rollback(context, prepared);
        assertThat(services.done).containsExactly("reload nginx", "reload nginx");
        assertThat(reload.verifyRollback(context, prepared)).containsExactly("service nginx is active, as before");
    }

    @Test
    void aServiceThatAReloadKilledIsStartedAgain() throws Exception {
        StepContext context = context("nginx");
        Struct prepared = reload.prepare(context, reload.plan(context));
        services.with("nginx", false);

        reload.rollback(context, prepared);
        assertThat(services.done).containsExactly("restart nginx", "reload nginx");
    }

    @Test
    void anUnknownServiceIsRefused() {
        assertThatThrownBy(() -> restart.plan(context("ngnix")))
                .hasMessage("service ngnix is not known to fake services");
    }

    @Test
    void bothGoBackAfterTheOtherSteps() {
        assertThat(List.of(restart, reload)).allMatch(Action::goesBackLast);
    }

    private StepContext context(String... names) {
        return new TestStep(workDir).with(Map.of("value", List.of(names)));
    }
}
