package dev.drydock.controller.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** The program's own logback.xml, into memory. */
final class LogFormatTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Logger log;

    @BeforeEach
    void configure() throws Exception {
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogFormat.class.getResource("/logback.xml"));
        OutputStreamAppender<ILoggingEvent> appender =
                (OutputStreamAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("STDERR");
        appender.setOutputStream(written);
        log = context.getLogger("dev.drydock.controller.agents.RunTraffic");
    }

    @AfterEach
    void close() {
        context.stop();
        MDC.clear();
    }

    private void keys(String run, String host) {
        context.getMDCAdapter().put(LogKey.RUN.word(), run);
        context.getMDCAdapter().put(LogKey.HOST.word(), host);
        context.getMDCAdapter().put("other", "not ours");
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void textHasTheKeysAtTheEnd() {
        keys("r-1", "h-1");
        log.info("taken");
        assertThat(text()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z INFO  RunTraffic: taken \\[host=h-1 run=r-1]\n");
    }

    @Test
    void textWithoutKeysIsAsItWas() {
        log.warn("two\nlines", new IllegalStateException("why"));
        assertThat(text().lines()).hasSize(1);
        assertThat(text())
                .contains(" WARN  RunTraffic: two | lines java.lang.IllegalStateException: why | at ")
                .doesNotContain("[]");
    }

    @Test
    void textShowsNoControlCharacters() {
        log.info("a\tb \r\n\n c\u007f\u001b[31m |");
        log.info("plain | ");
        assertThat(text()).contains(": a?b | c??[31m\n").endsWith(": plain\n");
    }

    @Test
    void jsonIsAnObjectALine() throws Exception {
        LogFormat.JSON.use(context);
        keys("r-1", "h-1");
        log.error("it said \"no\"\n\u0007and left", new IllegalStateException("why"));
        log.info("next");
        assertThat(text().lines()).hasSize(2);
        JsonNode line = JSON.readTree(text().lines().findFirst().orElseThrow());
        assertThat(line.fieldNames())
                .toIterable()
                .containsExactly("time", "level", "logger", "thread", "message", "host", "run", "exception");
        assertThat(line.get("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
        assertThat(line.get("level").asText()).isEqualTo("ERROR");
        assertThat(line.get("logger").asText()).isEqualTo("dev.drydock.controller.agents.RunTraffic");
        assertThat(line.get("message").asText()).isEqualTo("it said \"no\"\n\u0007and left");
        assertThat(line.get("run").asText()).isEqualTo("r-1");
        assertThat(line.get("exception").asText())
                .startsWith("java.lang.IllegalStateException: why")
                .contains("LogFormatTest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r-1\nr-2", "r-1\u001b[31m"})
    void noKeyBeginsALineOfItsOwn(String run) {
        keys(run, "h-1");
        log.info("taken");
        assertThat(text().strip().lines()).hasSize(1);
        assertThat(text()).doesNotContain("\u001b");
    }

    @Test
    void aKeyCountsWithinItsScopeAndGivesBackWhatWasThere() {
        try (var _ = LogKey.USER.with("nobody")) {
            try (var _ = LogKey.USER.with("olga")) {
                assertThat(MDC.get("user")).isEqualTo("olga");
            }
            assertThat(MDC.get("user")).isEqualTo("nobody");
        }
        assertThat(Optional.ofNullable(MDC.get("user"))).isEmpty();
    }
}
