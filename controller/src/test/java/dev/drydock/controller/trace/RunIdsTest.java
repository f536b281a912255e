package dev.drydock.controller.trace;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RunIdsTest {
    @Property
    void areIdsAsTraceContextHasThem(@ForAll String run, @ForAll String key) {
        assertThat(RunIds.trace(run)).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
        assertThat(RunIds.span(run, key)).matches("[0-9a-f]{16}").isNotEqualTo("0".repeat(16));
    }

    @Property
    void areTheSameForTheSameAndOthersForOthers(@ForAll String run, @ForAll String other) {
        assertThat(RunIds.trace(run).equals(RunIds.trace(other))).isEqualTo(run.equals(other));
        assertThat(RunIds.span(run, "step/steps/0")).isNotEqualTo(RunIds.span(run, "back/steps/0"));
    }
}
