package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.security.audit.AuditEvent;
import dev.drydock.controller.security.audit.AuditHead;
import dev.drydock.controller.security.audit.AuditLine;
import dev.drydock.controller.security.audit.AuditOutcome;
import dev.drydock.controller.security.audit.AuditQuery;
import dev.drydock.controller.security.audit.AuditRecorder;
import dev.drydock.controller.security.audit.AuditedCall;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlAuditTest {
    private static final AuditQuery ALL = new AuditQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty());

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-11-29T12:00:00.123456789Z");
    private SqlStore store;
    private SqlAudit audit;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        audit = new SqlAudit(store, () -> now);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private AuditLine add(AuditEvent event) {
        return audit.append(event).join();
    }

    @Test
    void anEmptyLogHasNoHead() {
        assertThat(audit.head()).isEqualTo(AuditHead.NONE);
        assertThat(audit.list(ALL, 10)).isEmpty();
        assertThat(audit.between(0, 10, 10)).isEmpty();
        assertThat(audit.ends(List.of())).isEmpty();
    }

    @Test
    void goesOnWhereItStoodWhenItIsOpenedAgain() {
        AuditLine first = add(AuditEvent.of("login").by("olga"));
        assertThat(first.body()).contains("\"at\":\"2026-11-29T12:00:00.123456Z\"");
        close();
        open();
        AuditLine second = add(AuditEvent.of("logout").by("olga"));
        assertThat(second.body()).contains(first.hash());
        assertThat(Chains.whole(audit)).containsExactly(first, second);
    }

    @Test
    void manyAtOnceMakeOneChain() {
        ConcurrentLinkedQueue<CompletableFuture<AuditLine>> added = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 2_000; i++) {
                String user = "u" + i;
                threads.execute(
                        () -> added.add(audit.append(AuditEvent.of("login").by(user))));
            }
        }
        added.forEach(CompletableFuture::join);
        assertThat(Chains.whole(audit)).hasSize(2_000);
    }

    /** A stage of a write's future may add entries, more of them than the writer's queue holds, and nothing waits for itself. */
    @Test
    void theThreadThatTellsOfWritesMayAddEntries() {
        AuditRecorder recorder = new AuditRecorder(audit, new Numbers()::next, () -> now);
        int calls = 12_000;
        List<AuditedCall> begun = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            begun.add(recorder.begin(AuditEvent.of("x").by("olga")).join());
        }
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        store.write(handle -> 1, durable -> {
                    begun.forEach(call -> ends.add(call.end(new AuditOutcome("OK", ""))));
                    for (int i = 0; i < calls; i++) {
                        ends.add(recorder.record(AuditEvent.of("login").by("olga")));
                    }
                })
                .join();
        ends.forEach(CompletableFuture::join);
        assertThat(ends).hasSize(calls + begun.size());
        assertThat(Chains.whole(audit)).hasSize(calls + 2 * begun.size());
    }

    @Test
    void aWriteThatIsUndoneLeavesNoGap() {
        store.writeNow(handle -> handle.execute("CREATE TABLE t (n INTEGER NOT NULL)"));
        List<CompletableFuture<?>> writes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            writes.add(audit.append(AuditEvent.of("login").by("u" + i)));
            writes.add(store.write(handle -> handle.execute("INSERT INTO t VALUES (NULL)")));
        }
        writes.forEach(write -> write.handle((done, failure) -> done).join());
        assertThat(writes)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .hasSize(200);
        assertThat(Chains.whole(audit)).hasSize(200);
    }

    @Test
    void theDatabaseRefusesToChangeIt() {
        add(AuditEvent.of("login").by("olga"));
        add(AuditEvent.of("login").by("anna"));
        List<AuditLine> before = Chains.whole(audit);
        for (String sql : List.of(
                "UPDATE audit_entries SET \"user\" = 'vera' WHERE seq = 1",
                "UPDATE audit_entries SET seq = 3 WHERE seq = 2",
                "DELETE FROM audit_entries WHERE seq = 2",
                "DELETE FROM audit_entries",
                "INSERT INTO audit_entries VALUES (4, '{}', '', 0, 'x', '', '', '')",
                "INSERT INTO audit_entries VALUES (0, '{}', '', 0, 'x', '', '', '')",
                (TestStores.onPostgres() ? "INSERT" : "INSERT OR REPLACE")
                        + " INTO audit_entries VALUES (2, '{}', '', 0, 'x', '', '', '')")) {
            assertThatThrownBy(() -> store.writeNow(handle -> handle.execute(sql)))
                    .as(sql)
                    .hasMessageContaining("audit log");
        }
        assertThat(Chains.whole(audit)).isEqualTo(before);
    }

    @Test
    void aCallEndsOnce() {
        AuditRecorder recorder = new AuditRecorder(audit, () -> "c-1", () -> now);
        AuditedCall call =
                recorder.begin(AuditEvent.of("x").calling("a.B/C").by("olga")).join();
        assertThat(recorder.isUnderWay("c-1")).isTrue();
        CompletableFuture<Void> first = call.end(new AuditOutcome("OK", ""));
        assertThat(call.end(new AuditOutcome("CANCELLED", ""))).isSameAs(first);
        first.join();
        assertThat(recorder.isUnderWay("c-1")).isFalse();
        assertThat(audit.ends(List.of("c-1", "c-2"))).containsOnlyKeys("c-1");
        assertThat(audit.ends(List.of("c-1")).values()).singleElement().satisfies(end -> assertThat(end.body())
                .contains("\"outcome\":{\"code\":\"OK\"}"));
        assertThat(Chains.whole(audit)).hasSize(2);
    }

    @Test
    void whatCannotBeWrittenFailsAndIsNotUnderWay() {
        AuditRecorder recorder = new AuditRecorder(audit, () -> "c-1", () -> now);
        AuditedCall call = recorder.begin(AuditEvent.of("x")).join();
        store.close();
        assertThatThrownBy(() -> call.end(new AuditOutcome("OK", "")).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreException.class);
        assertThat(recorder.isUnderWay("c-1")).isFalse();
        assertThatThrownBy(() -> recorder.begin(AuditEvent.of("x")).join()).hasCauseInstanceOf(StoreException.class);
        assertThatThrownBy(() -> recorder.recordNow(AuditEvent.of("login"))).isInstanceOf(StoreException.class);
    }

    @Test
    void isSearchedNewestFirst() {
        add(AuditEvent.of("begun").by("olga").calling("drydock.v1.TeamService/CreateTeam"));
        now = now.plusSeconds(60);
        add(AuditEvent.of("ended").by("olga").calling("drydock.v1.TeamService/CreateTeam"));
        add(AuditEvent.of("begun").by("anna").calling("drydock.v1.TeamService/DeleteTeam"));
        now = now.plusSeconds(60);
        add(AuditEvent.of("login").by("olga"));

        assertThat(seqs(ALL)).containsExactly(4L, 3L, 1L);
        assertThat(seqs(with(Optional.of("olga"), Optional.empty(), Optional.empty())))
                .containsExactly(4L, 1L);
        assertThat(seqs(with(Optional.empty(), Optional.empty(), Optional.of("ended"))))
                .containsExactly(2L);
        for (String method : List.of("CreateTeam", "TeamService/CreateTeam", "drydock.v1.TeamService/CreateTeam")) {
            assertThat(seqs(with(Optional.empty(), Optional.of(method), Optional.empty())))
                    .as(method)
                    .containsExactly(1L);
        }
        assertThat(seqs(with(Optional.empty(), Optional.of("TeamService"), Optional.empty())))
                .containsExactly(3L, 1L);
        for (String none : List.of("Team", "eateTeam", "%", "_reateTeam")) {
            assertThat(seqs(with(Optional.empty(), Optional.of(none), Optional.empty())))
                    .as(none)
                    .isEmpty();
        }
        Optional<Instant> middle = Optional.of(Instant.parse("2026-11-29T12:01:00Z"));
        Optional<Instant> end = Optional.of(Instant.parse("2026-11-29T12:02:00Z"));
        assertThat(seqs(new AuditQuery(
                        Optional.empty(), Optional.empty(), Optional.empty(), middle, end, OptionalLong.empty())))
                .containsExactly(3L);
        assertThat(seqs(new AuditQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(4))))
                .containsExactly(3L, 1L);
        assertThat(audit.list(ALL, 2)).extracting(AuditLine::seq).containsExactly(4L, 3L);
        assertThat(audit.between(1, 3, 10)).extracting(AuditLine::seq).containsExactly(2L, 3L);
    }

    private static AuditQuery with(Optional<String> user, Optional<String> method, Optional<String> kind) {
        return new AuditQuery(user, method, kind, Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    private List<Long> seqs(AuditQuery query) {
        return audit.list(query, 10).stream().map(AuditLine::seq).toList();
    }

    private static final class Numbers {
        private int last;

        private synchronized String next() {
            return "c-" + ++last;
        }
    }
}
