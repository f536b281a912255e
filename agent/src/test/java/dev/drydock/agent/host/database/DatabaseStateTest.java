package dev.drydock.agent.host.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.database.DatabaseState.Contents;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DatabaseStateTest {
    private static final DatabaseState BEFORE = state(
            Map.of("a", new Contents(1, "x"), "b", new Contents(2, "y")), Map.of("view v", "1", "trigger t", "2"));

    @Test
    void equalStatesHaveNoDifferences() {
        assertThat(BEFORE.differences(BEFORE)).isEmpty();
    }

    @Test
    void tellsWhatIsMissingWhatIsTooMuchAndWhatDiffers() {
        DatabaseState after = state(
                Map.of("a", new Contents(1, "z"), "c", new Contents(0, "0")), Map.of("view v", "9", "trigger t", "2"));

        assertThat(BEFORE.differences(after))
                .containsExactly(
                        "table a has 1 rows, checksum z, expected 1 rows, checksum x",
                        "table b is missing",
                        "table c should not be there",
                        "view v differs");
    }

    @Test
    void whatIsEqualInTwoLooksDidNotChangeBetweenThem() {
        DatabaseState after =
                state(Map.of("a", new Contents(1, "x"), "b", new Contents(3, "y")), Map.of("view v", "1"));

        assertThat(BEFORE.common(after)).isEqualTo(state(Map.of("a", new Contents(1, "x")), Map.of("view v", "1")));
    }

    private static DatabaseState state(Map<String, Contents> tables, Map<String, String> definitions) {
        return new DatabaseState(new TreeMap<>(tables), new TreeMap<>(definitions));
    }
}
