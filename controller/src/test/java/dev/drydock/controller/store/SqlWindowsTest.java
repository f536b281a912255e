package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.window.InvalidWindowException;
import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Window;
import dev.drydock.controller.window.WindowDraft;
import dev.drydock.controller.window.WindowExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlWindowsTest {
    @TempDir
    Path directory;

    private SqliteStore store;
    private SqlWindows windows;

    @BeforeEach
    void open() {
        store = SqliteStore.open(directory.resolve("drydock.db"));
        windows = new SqlWindows(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static WindowDraft draft(String name, String rrule, Duration cutoff) {
        return new WindowDraft(
                name,
                rrule,
                "2026-11-29T02:00",
                "Europe/Berlin",
                Duration.ofHours(4),
                cutoff,
                Optional.of(Duration.ofMinutes(7)));
    }

    @Test
    void keepsWhatWasMadeOverAReopening() throws Exception {
        Window weekly = windows.create(draft("sunday", "FREQ=WEEKLY;BYDAY=SU", Duration.ofMinutes(30)));
        Window once = windows.create(draft("once", "", Duration.ZERO));
        store.close();
        open();

        assertThat(windows.find("sunday")).contains(weekly);
        assertThat(windows.list()).containsExactly(once, weekly);
        assertThat(windows.find("monday")).isEmpty();
    }

    @Test
    void theSameAgainChangesNothingAndAnotherIsRefused() throws Exception {
        Window made = windows.create(draft("once", "", Duration.ZERO));

        assertThat(windows.create(draft("once", "", Duration.ZERO))).isEqualTo(made);
        assertThatThrownBy(() -> windows.create(draft("once", "", Duration.ofMinutes(1))))
                .isInstanceOf(WindowExistsException.class);
        assertThatThrownBy(() -> windows.create(draft("bad", "FREQ=NEVER", Duration.ofDays(1))))
                .isInstanceOf(InvalidWindowException.class);
        assertThat(windows.list()).containsExactly(made);
    }

    @Test
    void deletesAndSaysWhetherThereWasOne() throws Exception {
        windows.create(draft("once", "", Duration.ZERO));

        assertThat(windows.delete("once")).isTrue();
        assertThat(windows.delete("once")).isFalse();
        assertThat(windows.list()).isEmpty();
    }

    @Test
    void tellsTheNextOpenings() throws Exception {
        windows.create(draft("sunday", "FREQ=WEEKLY;BYDAY=SU", Duration.ofMinutes(30)));

        assertThat(windows.nextOpenings("sunday", Instant.parse("2026-11-24T00:00:00Z"), 2)
                        .orElseThrow())
                .extracting(Opening::opens)
                .containsExactly(Instant.parse("2026-11-29T01:00:00Z"), Instant.parse("2026-12-06T01:00:00Z"));
        assertThat(windows.nextOpenings("other", Instant.EPOCH, 1)).isEmpty();
    }
}
