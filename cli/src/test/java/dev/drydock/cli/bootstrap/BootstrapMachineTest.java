package dev.drydock.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BootstrapMachineTest {
    @Test
    void eachStageIsReachedAndEachTroubleEndsIt() {
        Set<Stage> reached = EnumSet.of(Stage.CONNECT);
        Set<String> rows = new HashSet<>();
        BootstrapMachine.TABLE.forEach(row -> {
            assertThat(reached).as("before %s", row).contains(row.from());
            reached.add(row.to());
            assertThat(rows.add(row.from() + " " + row.outcome()))
                    .as("%s twice", row)
                    .isTrue();
        });

        assertThat(reached).containsExactlyInAnyOrder(Stage.values());
        for (Stage stage : Stage.values()) {
            assertThat(BootstrapMachine.isEnd(stage)).isEqualTo(stage == Stage.DONE || stage == Stage.FAILED);
            if (!BootstrapMachine.isEnd(stage)) {
                assertThat(BootstrapMachine.target(stage, Outcome.TROUBLE)).isEqualTo(Stage.FAILED);
            }
        }
    }

    @Test
    void thePageShowsTheTable() throws IOException {
        String diagram = BootstrapMachine.TABLE.stream()
                .filter(row -> row.outcome() != Outcome.TROUBLE)
                .map(row -> "  " + word(row.from()) + " --> " + word(row.to()) + ": " + word(row.outcome()) + "\n")
                .collect(Collectors.joining("", "stateDiagram-v2\n", ""));

        assertThat(Files.readString(Path.of("../docs/bootstrap.md"))).contains(diagram);
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
