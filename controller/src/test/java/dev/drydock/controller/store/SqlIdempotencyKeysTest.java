package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.idempotency.IdempotencyKeys.Attempt;
import dev.drydock.controller.idempotency.IdempotencyKeys.Earlier;
import dev.drydock.controller.idempotency.IdempotencyKeys.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlIdempotencyKeysTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Attempt FIRST = new Attempt("olga", "k", "drydock.v1.TokenService/CreateToken", "ab");

    @TempDir
    Path directory;

    private SqlStore store;
    private SqlIdempotencyKeys keys;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        keys = new SqlIdempotencyKeys(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aKeyIsTakenOnceForEachUser() {
        assertThat(keys.take(FIRST, NOON)).isEmpty();
        assertThat(keys.take(FIRST, NOON.plusSeconds(1)))
                .contains(new Earlier(FIRST.method(), FIRST.digest(), NOON, Optional.empty()));
        assertThat(keys.take(new Attempt("vera", "k", FIRST.method(), FIRST.digest()), NOON))
                .isEmpty();
    }

    @Test
    void outcomesAreKeptOverARestart() {
        assertThat(keys.take(FIRST, NOON)).isEmpty();
        keys.done(FIRST, new Outcome("t-1", Optional.of(new byte[] {1, 2})));
        store.close();
        open();
        Outcome kept = keys.take(FIRST, NOON).orElseThrow().outcome().orElseThrow();
        assertThat(kept.made()).isEqualTo("t-1");
        assertThat(kept.answer().orElseThrow()).containsExactly(1, 2);
    }

    @Test
    void anAnswerMayBeLeftOut() {
        assertThat(keys.take(FIRST, NOON)).isEmpty();
        keys.done(FIRST, new Outcome("", Optional.empty()));
        assertThat(keys.take(FIRST, NOON).orElseThrow().outcome()).contains(new Outcome("", Optional.empty()));
    }

    @Test
    void whatIsReleasedIsFreeAndWhatIsDoneIsNot() {
        assertThat(keys.take(FIRST, NOON)).isEmpty();
        keys.release(FIRST);
        assertThat(keys.take(FIRST, NOON)).isEmpty();
        keys.done(FIRST, new Outcome("t-1", Optional.empty()));
        keys.release(FIRST);
        assertThat(keys.take(FIRST, NOON)).isPresent();
    }

    @Test
    void afterADayItIsForgotten() {
        assertThat(keys.take(FIRST, NOON)).isEmpty();
        assertThat(keys.take(FIRST, NOON.plus(Duration.ofHours(24)).minusMillis(1)))
                .isPresent();
        assertThat(keys.take(FIRST, NOON.plus(Duration.ofHours(24)))).isEmpty();
    }
}
