package dev.drydock.controller.web.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {
    @Test
    void statesReadAsPeopleWriteThem() {
        assertThat(Words.of(RunState.ROLLED_BACK)).isEqualTo("rolled back");
        assertThat(Words.of(RunState.RUN_STATE_UNSPECIFIED)).isEqualTo("waiting");
        assertThat(Words.of(StepState.STEP_ROLLED_BACK)).isEqualTo("rolled back");
    }

    @Test
    void countsHaveTheirPlural() {
        assertThat(Words.count(1, "host")).isEqualTo("1 host");
        assertThat(Words.count(20_000, "host")).isEqualTo("20,000 hosts");
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1536,1.5 KiB", "25769803776,24 GiB"})
    void bytesAreInTheUnitThatFits(long bytes, String said) {
        assertThat(Words.bytes(bytes)).isEqualTo(said);
    }

    /** A manager must not read 100 % while a host is missing, nor 0 % while one is there. */
    @Property
    void aShareIsWholeOnlyWhenItIs(
            @ForAll @IntRange(max = 20_000) int part, @ForAll @IntRange(min = 1, max = 20_000) int whole) {
        int percent = Words.percent(part, whole);
        assertThat(percent == 100).isEqualTo(part >= whole);
        assertThat(percent == 0).isEqualTo(part == 0);
    }
}
