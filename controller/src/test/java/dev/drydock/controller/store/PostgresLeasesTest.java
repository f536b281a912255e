package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.cluster.Fence;
import dev.drydock.controller.cluster.LeaseException;
import dev.drydock.controller.cluster.Leases.Term;
import dev.drydock.controller.cluster.Member;
import dev.drydock.controller.cluster.MemberStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresLeasesTest {
    private static final Duration LONG = Duration.ofHours(1);
    /** Over when the next statement is there. */
    private static final Duration NONE = Duration.ofNanos(1_000);

    private static final Member ONE = Member.of("one", 7443, 8443, Optional.empty(), "0.1.0");
    private static final Member TWO = Member.of("two", 7443, 8443, Optional.of(9443), "0.1.0");

    private PostgresAddress database;
    private PostgresLeases leases;
    private PostgresLeases others;

    @BeforeEach
    void open() {
        database = TestPostgres.fresh();
        leases = PostgresLeases.open(database);
        others = PostgresLeases.open(database);
        leases.seen(ONE, 3);
        others.seen(TWO, 5);
    }

    @AfterEach
    void close() {
        leases.close();
        others.close();
    }

    /** What a controller believes that was frozen: nothing has changed. */
    private record Believed(long epoch) implements Fence {
        @Override
        public boolean held() {
            return true;
        }
    }

    @Test
    void oneAtATimeHasIt() {
        long first = leases.take(ONE, LONG).orElseThrow();
        assertThat(others.take(TWO, LONG)).isEmpty();
        assertThat(leases.renew(first, LONG)).isTrue();
        assertThat(others.current()).contains(new Term(first, ONE));

        leases.release(first);
        assertThat(leases.current()).isEmpty();
        long second = others.take(TWO, LONG).orElseThrow();
        assertThat(second).isGreaterThan(first);
        assertThat(leases.renew(first, LONG)).isFalse();
        leases.release(first);
        assertThat(leases.current()).contains(new Term(second, TWO));
    }

    @Test
    void oneThatHasRunOutIsNotRenewed() {
        long first = leases.take(ONE, NONE).orElseThrow();
        assertThat(leases.renew(first, LONG)).isFalse();
        assertThat(others.take(TWO, LONG)).isPresent();
    }

    @Test
    void whoeverWasReplacedWritesNothing() {
        long first = leases.take(ONE, NONE).orElseThrow();
        try (PostgresStore store = PostgresStore.open(database, new Believed(first))) {
            store.writeNow(handle -> handle.execute("INSERT INTO record (id) VALUES ('before')"));
            assertThat(others.take(TWO, LONG)).isPresent();

            assertThatThrownBy(() -> store.writeNow(handle -> handle.execute("DELETE FROM record")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("does not lead any more");
            int kept = store.read(handle -> handle.createQuery("SELECT count(*) FROM record")
                    .mapTo(Integer.class)
                    .one());
            assertThat(kept).isEqualTo(1);
        }
    }

    @Test
    void nobodyTakesOverInTheMiddleOfATransactionButRenewingGoesOn() {
        long first = leases.take(ONE, LONG).orElseThrow();
        try (PostgresStore store = PostgresStore.open(database, new Believed(first))) {
            int unused = store.writeNow(handle -> {
                assertThat(leases.renew(first, LONG)).isTrue();
                leases.release(first);
                assertThatThrownBy(() -> others.take(TWO, LONG)).isInstanceOf(LeaseException.class);
                return handle.execute("INSERT INTO record (id) VALUES ('whole')");
            });
        }
        assertThat(others.take(TWO, LONG)).isPresent();
    }

    @Test
    void tellsWhoThereIs() {
        long term = leases.take(ONE, LONG).orElseThrow();
        List<MemberStatus> members = others.members();
        assertThat(members).extracting(MemberStatus::name).containsExactly("one:7443", "two:7443");
        assertThat(members.getFirst().epoch()).contains(term);
        assertThat(members.getLast().leads()).isFalse();
        assertThat(members.getLast().connections()).isEqualTo(5);
    }

    @Test
    void whatAllMustHaveIsWhatTheFirstHad() {
        assertThat(leases.agreed("ca.crt")).isEmpty();
        assertThat(leases.agreed("ca.crt", "a")).isEqualTo("a");
        assertThat(others.agreed("ca.crt", "b")).isEqualTo("a");
    }
}
