package dev.drydock.agent.action;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Check.Finding;
import dev.drydock.agent.host.ManagedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogAbsentTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Struct NO_BASELINE = Struct.getDefaultInstance();

    @TempDir
    Path directory;

    private Path log;

    @BeforeEach
    void aLog() throws Exception {
        log = Files.writeString(directory.resolve("app.log"), "2026-11-28T11:59:00Z [crit] before\n");
    }

    @Test
    void whatWasThereBeforeTheChangeIsNoRegression() throws Exception {
        Struct before = observe(NO_BASELINE, Map.of());
        assertThat(judge(before, Map.of()).holds()).isTrue();

        Files.writeString(log, "2026-11-28T12:00:00Z [crit] after\n", APPEND);
        Finding finding = judge(before, Map.of());

        assertThat(finding.holds()).isFalse();
        assertThat(finding.reason())
                .isEqualTo("the log has 1 line since before the change, the last: 2026-11-28T12:00:00Z [crit] after"
                        + " (at most 0)");
        assertThat(judge(before, Map.of("atMost", 1L)).holds()).isTrue();
        assertThat(judge(before, Map.of("ignore", List.of("after"))).holds()).isTrue();
    }

    @Test
    void beforeAChangeWhatWasWrittenLatelyCounts() throws Exception {
        assertThat(judge(NO_BASELINE, Map.of()).reason()).contains("the log has 1 line lately");
        assertThat(judge(NO_BASELINE, Map.of("within", "30s")).holds()).isTrue();
    }

    @Test
    void aLogThatIsNotThereHoldsNothing() throws Exception {
        Map<String, Object> args = Map.of("file", directory.resolve("no.log").toString());
        Struct before = observe(NO_BASELINE, args);

        assertThat(judge(NO_BASELINE, args).reason()).startsWith("there is no file");
        assertThat(judge(before, args).holds()).isTrue();
        Files.writeString(directory.resolve("no.log"), "[crit] new\n");
        assertThat(judge(before, args).holds()).isFalse();
    }

    @Test
    void aLogThatWentAwayIsARegression() throws Exception {
        Struct before = observe(NO_BASELINE, Map.of());
        Files.delete(log);

        assertThat(judge(before, Map.of()).reason()).startsWith("there is no file");
    }

    private Finding judge(Struct baseline, Map<String, Object> more) throws Exception {
        return check().judge(step(more), baseline, observe(baseline, more));
    }

    private Struct observe(Struct baseline, Map<String, Object> more) throws Exception {
        return check().observe(step(more), baseline);
    }

    private StepContext step(Map<String, Object> more) {
        Map<String, Object> args = new java.util.HashMap<>(Map.of("file", log.toString(), "texts", List.of("[crit]")));
        args.putAll(more);
        return new TestStep(directory).with(args);
    }

    private static LogAbsent check() throws Exception {
        return new LogAbsent(ManagedHost.open(Path.of("/")), () -> NOW);
    }
}
