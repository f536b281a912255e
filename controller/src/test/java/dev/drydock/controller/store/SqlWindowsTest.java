package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.calendar.Calendar;
import dev.drydock.controller.window.InvalidWindowException;
import dev.drydock.controller.window.Window;
import dev.drydock.controller.window.WindowDraft;
import dev.drydock.controller.window.WindowExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlWindowsTest {
    @TempDir
    Path directory;

    private SqlStore store;
    private SqlWindows windows;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
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

        assertThat(windows.delete("once", "")).isTrue();
        assertThat(windows.delete("once", "")).isFalse();
        assertThat(windows.list()).isEmpty();
    }

    @Test
    void namesCalendarsThatThereAreAndNoOthers() throws Exception {
        SqlCalendars calendars = new SqlCalendars(store);
        WindowDraft frozen = new WindowDraft(
                "frozen",
                "",
                "2026-11-29T02:00",
                "Europe/Berlin",
                Duration.ofHours(4),
                Duration.ZERO,
                Optional.empty(),
                List.of("year_end", "black-friday"));

        assertThatThrownBy(() -> windows.create(frozen))
                .isInstanceOf(InvalidWindowException.class)
                .hasMessageContaining("there is no calendar 'black-friday'")
                .hasMessageContaining("drydock calendar create year_end");
        assertThat(windows.list()).isEmpty();
        calendars.insert(calendar("year_end"));
        calendars.insert(calendar("black-friday"));
        calendars.insert(calendar("yearxend"));
        Window made = windows.create(frozen);

        assertThat(windows.find("frozen")).contains(made);
        assertThat(made.calendars()).containsExactly("black-friday", "year_end");
        assertThat(calendars.delete("year_end")).containsExactly("window frozen");
        assertThat(calendars.delete("yearxend")).isEmpty();
        assertThat(calendars.all()).extracting(Calendar::name).containsExactly("black-friday", "year_end");
        windows.delete("frozen", "");
        assertThat(calendars.delete("year_end")).isEmpty();
    }

    private static Calendar calendar(String name) {
        return new Calendar(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.of("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
                "",
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                "",
                Optional.empty());
    }
}
