package dev.drydock.agent.host.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffenderTest {
    private static final List<Item> UPDATED =
            List.of(Item.CORE, Item.plugin("shop"), Item.plugin("shop-more"), Item.theme("shop"));

    @Test
    void itIsTheOneThatTheEvidenceNames() {
        assertThat(Offender.among(
                        UPDATED, List.of("http://localhost/: 500", "Fatal error in /s/wp-content/plugins/shop/a.php")))
                .contains(Item.plugin("shop"));
        assertThat(
                        Offender.among(
                                UPDATED,
                                List.of(
                                        "in /s/wp-content/themes/shop/functions.php, called in /s/wp-content/plugins/shop/a.php")))
                .contains(Item.theme("shop"));
        assertThat(Offender.among(UPDATED, List.of("in /plugins/shop-more/x.php")))
                .contains(Item.plugin("shop-more"));
    }

    @Test
    void withoutAWordItIsTheLastOne() {
        assertThat(Offender.among(UPDATED, List.of("the status is 500"))).contains(Item.theme("shop"));
        assertThat(Offender.among(List.of(), List.of())).isEmpty();
    }

    @Test
    void ofALogOnlyNewFatalErrorsOfTheSiteCount(@TempDir Path directory) throws Exception {
        Path log = Files.writeString(directory.resolve("error.log"), "PHP Fatal error: old in /s/a.php\n");
        ErrorLogs logs = new ErrorLogs(List.of(log, directory.resolve("none")), "/s");
        Map<Path, ErrorLogs.End> ends = logs.ends();
        assertThat(logs.since(ends)).isEmpty();
        Files.writeString(
                log,
                Files.readString(log)
                        + "PHP Warning: in /s/a.php\nPHP Fatal error: in /other/a.php\nPHP Fatal error: new in /s/a.php\n");
        assertThat(logs.since(ends)).containsExactly("PHP Fatal error: new in /s/a.php");
        Files.move(log, directory.resolve("error.log.1"));
        Files.writeString(log, "PHP Parse error: rotated in /s/b.php\n");
        assertThat(logs.since(ends)).containsExactly("PHP Parse error: rotated in /s/b.php");
    }
}
