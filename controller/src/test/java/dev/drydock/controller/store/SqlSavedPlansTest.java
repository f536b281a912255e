package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.rollout.SavedPlan;
import dev.drydock.controller.rollout.SavedPlans;
import dev.drydock.controller.rollout.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlSavedPlansTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    private SqlStore store;
    private SqlSavedPlans plans;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        plans = new SqlSavedPlans(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theNewestOfANameIsKept() {
        plans.save(plan("web", "olga", NOON));
        plans.save(plan("web", "otto", NOON.plusSeconds(60)));

        assertThat(plans.names()).containsExactly("web");
        SavedPlan found = plans.find("web").orElseThrow();
        assertThat(found.by()).isEqualTo("otto");
        assertThat(found.spec()).isEqualTo(new byte[] {1, 2});
        assertThat(found.world().lines()).isEqualTo(Map.of("playbook", "web@7"));
    }

    @Test
    void plansOfAWorldThatIsGoneAreForgotten() {
        plans.save(plan("old", "olga", NOON));
        plans.save(plan("younger", "olga", NOON.plusSeconds(1)));

        plans.save(plan("new", "olga", NOON.plus(SavedPlans.KEPT).plusSeconds(1)));

        assertThat(plans.names()).containsExactly("new", "younger");
    }

    private static SavedPlan plan(String name, String by, Instant at) {
        return new SavedPlan(name, new byte[] {1, 2}, new World(Map.of("playbook", "web@7"), Map.of()), by, at);
    }
}
