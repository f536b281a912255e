package dev.drydock.controller.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The form of entries and their chain. */
final class AuditHeadTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00.000250Z");
    private static final Path SAMPLE = Path.of("../docs/audit-sample.jsonl");

    /** The sample in the docs, which the command line's own reader is tested with. */
    @Example
    void theSampleIsWhatIsWritten() throws Exception {
        List<AuditEvent> events = List.of(
                AuditEvent.of(AuditEvent.STARTED).with("version", "0.1.0"),
                AuditEvent.of("login").by("olga").from("192.0.2.7").with("how", "password"),
                AuditEvent.of("any")
                        .by("olga")
                        .using("t-3")
                        .from("192.0.2.7")
                        .calling("drydock.v1.HostService/DrainHost")
                        .asking("{\"name\":\"web-01\"}")
                        .begun("c-1"),
                AuditEvent.of("any")
                        .by("olga")
                        .using("t-3")
                        .from("192.0.2.7")
                        .calling("drydock.v1.HostService/DrainHost")
                        .begun("c-1")
                        .ended(new AuditOutcome("OK", "")),
                AuditEvent.of("any")
                        .by("björn")
                        .from("2001:db8::7")
                        .calling("drydock.v1.TeamService/CreateTeam")
                        .asking("{\"name\":\"dba\",\"webhook\":\"[redacted]\"}")
                        .begun("c-2"),
                AuditEvent.of(AuditEvent.STARTED).with("version", "0.1.0"),
                AuditEvent.of(AuditEvent.REFUSED)
                        .by("vera")
                        .from("192.0.2.9")
                        .calling("drydock.v1.UserService/CreateUser")
                        .endingWith(new AuditOutcome("PERMISSION_DENIED", "CreateUser needs the role \"admin\".")));
        AuditHead head = AuditHead.NONE;
        List<String> lines = new ArrayList<>();
        for (AuditEvent event : events) {
            AuditLine line = head.next(NOON.plusSeconds(lines.size()), event);
            lines.add(line.text());
            head = line.head();
        }

        if ("write".equals(System.getenv("GOLDEN"))) {
            Files.write(SAMPLE, lines);
        }
        assertThat(Files.readAllLines(SAMPLE)).isEqualTo(lines);
    }

    @Property
    void anEntryIsOneLineOfAsciiThatSaysWhatHappenedAndEndsWithWhatItFollows(
            @ForAll String user, @ForAll String address, @ForAll String detail, @ForAll String description)
            throws Exception {
        AuditLine line = new AuditHead(41, "ab".repeat(32))
                .next(
                        NOON,
                        AuditEvent.of("login-failed")
                                .by(user)
                                .from(address)
                                .endingWith(new AuditOutcome("UNAUTHENTICATED", description))
                                .with("why", detail));

        assertThat(line.seq()).isEqualTo(42);
        assertThat(line.text()).matches("[ -\\x7F]+");
        assertThat(line.body())
                .startsWith("{\"seq\":42,\"at\":\"2026-11-29T12:00:00.000250Z\",\"kind\":\"login-failed\"")
                .endsWith(",\"previous\":\"" + "ab".repeat(32) + "\"}");
        JsonNode entry = new ObjectMapper().readTree(line.text());
        assertThat(entry.path("user").asText()).isEqualTo(AuditEvent.cut(user, 300));
        assertThat(entry.path("address").asText()).isEqualTo(AuditEvent.cut(address, 300));
        assertThat(entry.at("/detail/why").asText()).isEqualTo(AuditEvent.cut(detail, 300));
        assertThat(entry.at("/outcome/description").asText())
                .isEqualTo(AuditEvent.cut(description.lines().findFirst().orElse(""), 500));
        assertThat(entry.path("hash").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(line.body().getBytes(StandardCharsets.UTF_8))));
    }

    @Example
    void whatCouldBreakTheFormIsRefused() {
        assertThatThrownBy(() -> AuditEvent.of("Log in")).isInstanceOf(IllegalArgumentException.class);
        for (String request : List.of("[]", "{\"a\":\n1}", "{\"a\":\"é\"}")) {
            assertThatThrownBy(() -> AuditEvent.of("x").asking(request)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
