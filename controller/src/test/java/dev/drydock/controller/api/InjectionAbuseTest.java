package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * SQL in every text of every request that only looks, by the API's own descriptor, on a real server before the real store: each is
 * refused in words or finds nothing, and the database is as it was.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InjectionAbuseTest {
    private static final List<String> PAYLOADS = List.of(
            "' OR '1'='1",
            "'; DROP TABLE hosts; --",
            "x' UNION SELECT secret, 1 FROM enrolment_tokens --",
            "\") OR (1=1",
            "web-01'/*",
            "%' ESCAPE '",
            "../../../../etc/passwd",
            "..%2f..%2ftotp.key",
            "a\u0000b",
            "`id`$(id)");

    @TempDir
    static Path directory;

    private RestFleet fleet;
    private ManagedChannel channel;

    @BeforeAll
    void start() throws Exception {
        fleet = new RestFleet(directory);
        fleet.rest.post("/v1/windows", """
                {"name": "sunday-night", "rrule": "FREQ=WEEKLY;BYDAY=SU", "start": "2026-11-29T02:00",
                 "zone": "Asia/Tokyo", "duration": "10800s", "cutoff": "2700s"}""");
        channel = fleet.server.channel();
    }

    @AfterAll
    void stop() {
        fleet.close();
    }

    private static Stream<MethodDescriptor<Message, Message>> looking() {
        return EveryMethod.methods()
                .filter(method -> !Permissions.changes(method.getFullMethodName()))
                // It asks nothing of the store, and takes the processor for long.
                .filter(method -> !method.getFullMethodName().endsWith("/Simulate"));
    }

    /** One request for each text, however deep, with the payload there and nowhere else. */
    private static Stream<Message> poisoned(Message empty, String payload, int depth) {
        return empty.getDescriptorForType().getFields().stream().flatMap(field -> {
            if (field.isMapField() || depth > 2) {
                return Stream.of();
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.STRING) {
                return Stream.of(
                        field.isRepeated()
                                ? empty.toBuilder()
                                        .addRepeatedField(field, payload)
                                        .build()
                                : empty.toBuilder().setField(field, payload).build());
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()) {
                return poisoned(empty.toBuilder().newBuilderForField(field).build(), payload, depth + 1)
                        .map(inner -> empty.toBuilder().setField(field, inner).build());
            }
            return Stream.of();
        });
    }

    /** How many rows each table has; when tokens were last used is no row. */
    private Map<String, Long> rows() {
        return fleet.server.store().read(handle -> {
            Map<String, Long> rows = new TreeMap<>();
            handle.createQuery("SELECT name FROM sqlite_master WHERE type = 'table'")
                    .mapTo(String.class)
                    .list()
                    .forEach(table -> rows.put(
                            table,
                            handle.createQuery("SELECT COUNT(*) FROM \"" + table + "\"")
                                    .mapTo(Long.class)
                                    .one()));
            return rows;
        });
    }

    @Test
    void noTextOfARequestIsSql() {
        Map<String, Long> before = rows();
        assertThat(before).containsEntry("windows", 1L).containsEntry("runs", 1L);
        String header = "Bearer " + fleet.server.token();
        TreeMap<String, Integer> served = new TreeMap<>();
        looking()
                .forEach(method -> PAYLOADS.forEach(payload -> poisoned(EveryMethod.emptyRequest(method), payload, 0)
                        .forEach(request -> {
                            EveryMethod.Outcome outcome = EveryMethod.call(channel, method, request, header);
                            if (outcome.code() == Status.Code.UNIMPLEMENTED) {
                                return;
                            }
                            served.merge(method.getFullMethodName(), 1, Integer::sum);
                            assertThat(outcome.code())
                                    .as("%s %s: %s", method.getFullMethodName(), request, outcome.text())
                                    .isIn(
                                            Status.Code.OK,
                                            Status.Code.INVALID_ARGUMENT,
                                            Status.Code.NOT_FOUND,
                                            Status.Code.FAILED_PRECONDITION);
                            assertThat(outcome.text().replace(payload, ""))
                                    .doesNotContainIgnoringCase("sqlite")
                                    .doesNotContainIgnoringCase("syntax error near")
                                    .doesNotContain("Exception")
                                    .doesNotContain("root:x:");
                        })));
        assertThat(served)
                .containsKeys("drydock.v1.HostService/ListHosts", "drydock.v1.RunService/ListRuns")
                .hasSizeGreaterThan(15);
        assertThat(rows()).isEqualTo(before);
    }
}
