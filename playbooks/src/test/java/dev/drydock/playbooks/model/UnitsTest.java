package dev.drydock.playbooks.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class UnitsTest {
    @Property
    void durationsAreReadBack(@ForAll @LongRange(max = 8_000_000_000L) long seconds) {
        Duration duration = Duration.ofSeconds(seconds);

        assertThat(Units.duration(Units.text(duration))).contains(duration);
    }

    @Test
    void durations() {
        assertThat(Units.duration("1d2h3m4s")).contains(Duration.ofSeconds(93_784));
        assertThat(Units.duration("90m")).contains(Duration.ofMinutes(90));
        assertThat(List.of("", "1", "s", "1m1h", "-1s", "1.5h", "1 h", "1H", "9999999999s"))
                .allMatch(text -> Units.duration(text).isEmpty());
        assertThat(Units.text(Duration.ofMillis(999))).isEqualTo("0s");
    }

    @Test
    void sizes() {
        assertThat(Units.bytes("2GiB")).contains(2L << 30);
        assertThat(Units.bytes("8388607TiB")).contains(8_388_607L << 40);
        assertThat(List.of("", "2", "2GB", "2gib", "-1B", "1.5GiB", "8388608TiB"))
                .allMatch(text -> Units.bytes(text).isEmpty());
    }

    @Test
    void argumentsOfAnotherTypeAreRefusedByName() {
        Args args = new Args(Map.of("port", "80", "names", List.of("a", 1L), "wait", "soon", "one", "x", "n", 2L));

        assertThat(args.strings("one")).containsExactly("x");
        assertThat(args.strings("none")).isEmpty();
        assertThat(args.optionalNumber("n")).contains(2.0);
        assertThatThrownBy(() -> args.integer("port", 1)).hasMessage("argument 'port' is 80, expected a whole number");
        assertThatThrownBy(() -> args.strings("names")).hasMessage("argument 'names' is 1, expected a list of strings");
        assertThatThrownBy(() -> args.duration("wait", Duration.ZERO)).hasMessageContaining("expected a duration");
        assertThatThrownBy(() -> args.string("absent")).hasMessage("argument 'absent' is missing");
    }
}
