package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.security.login.FailureStore.Change;
import dev.drydock.controller.security.login.FailureStore.Failures;
import dev.drydock.controller.security.login.FailureStore.Kind;
import dev.drydock.controller.security.login.FailureStore.Subject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlLoginFailuresTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Subject OLGA = new Subject(Kind.USER, "olga");
    /** A name may look like an address. */
    private static final Subject ADDRESS = new Subject(Kind.ADDRESS, "olga");

    @TempDir
    Path directory;

    private SqlStore store;
    private SqlLoginFailures failures;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        failures = new SqlLoginFailures(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void change(List<Failures> kept, List<Subject> gone, Instant begin) {
        int unused = failures.change(new Change(kept, gone), begin).join();
    }

    @Test
    void theyAreKeptOverARestartTheOldestFirst() {
        Failures first = new Failures(OLGA, 5, NOON.plusNanos(1_000));
        Failures second = new Failures(ADDRESS, 2, NOON.plusSeconds(1));
        change(List.of(second, first), List.of(), NOON);
        store.close();
        open();
        assertThat(failures.since(NOON)).containsExactly(first, second);
        assertThat(failures.since(NOON.plusSeconds(1))).containsExactly(second);
    }

    @Test
    void thereIsOneRowOfEachAndTheLastChangeCounts() {
        change(List.of(new Failures(OLGA, 1, NOON), new Failures(ADDRESS, 1, NOON)), List.of(), NOON);
        Failures more = new Failures(OLGA, 2, NOON.plusSeconds(1));
        change(List.of(more), List.of(ADDRESS), NOON);
        assertThat(failures.since(NOON)).containsExactly(more);
    }

    @Test
    void whatIsGoneAndCameAgainInOneChangeIsThere() {
        Failures again = new Failures(OLGA, 1, NOON);
        change(List.of(again), List.of(OLGA), NOON);
        assertThat(failures.since(NOON)).containsExactly(again);
    }

    @Test
    void whatIsOldIsRemovedWithTheNextChange() {
        change(List.of(new Failures(OLGA, 5, NOON)), List.of(), NOON);
        Failures later = new Failures(ADDRESS, 1, NOON.plusSeconds(1));
        change(List.of(later), List.of(), NOON.plusNanos(1_000));
        assertThat(failures.since(Instant.EPOCH)).containsExactly(later);
    }
}
