package dev.drydock.controller.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowDraftTest {
    @Test
    void takesAWindowThatMakesSense() throws Exception {
        Window window = draft("sunday-night", "FREQ=WEEKLY;BYDAY=SU", "2026-11-29T02:00", "Asia/Tokyo", 180, 45)
                .validate();

        assertThat(window.rrule()).contains("FREQ=WEEKLY;BYDAY=SU");
        assertThat(window.reserve()).isEqualTo(Window.DEFAULT_RESERVE);
    }

    @Test
    void namesAllProblemsAtOnce() {
        assertThat(problems(draft("Sunday Night", "FREQ=NEVER", "29 Nov", "Tokyo", 0, 45)))
                .hasSize(4)
                .anySatisfy(p -> assertThat(p).startsWith("name: 'Sunday Night'"))
                .anySatisfy(p -> assertThat(p).startsWith("start: '29 Nov'").contains("2026-11-29T02:00"))
                .anySatisfy(p -> assertThat(p).startsWith("zone: 'Tokyo'").endsWith("did you mean Asia/Tokyo?"))
                .anySatisfy(p -> assertThat(p).startsWith("duration: 0s"));
    }

    @Test
    void refusesTheNameOfWindowsThatEmergenciesMakeForThemselves() {
        assertThat(problems(draft("emergency", "", "2026-11-29T02:00", "UTC", 60, 0)))
                .containsExactly("name: 'emergency' is kept for rollouts without a window; choose another");
    }

    @Test
    void refusesACutoffThatLeavesNoTimeToStart() {
        assertThat(problems(draft("w", "", "2026-11-29T02:00", "UTC", 60, 60)))
                .singleElement()
                .asString()
                .startsWith("cutoff:");
    }

    @Test
    void refusesAStartThatTheRuleDoesNotMatchAndSaysWhichIsTheFirst() {
        assertThat(problems(draft("w", "FREQ=WEEKLY;BYDAY=MO", "2026-11-29T02:00", "UTC", 60, 0)))
                .singleElement()
                .asString()
                .startsWith("start: 2026-11-29T02:00 is no opening")
                .endsWith("2026-11-30T02:00");
    }

    @Test
    void refusesOpeningsThatOverlap() {
        assertThat(problems(draft("w", "FREQ=DAILY;BYHOUR=2,4", "2026-11-29T02:00", "UTC", 180, 0)))
                .singleElement()
                .asString()
                .contains("3h is longer than the time to the next opening, 2h");
    }

    @Test
    void refusesARuleThatNeverOpens() {
        assertThat(problems(draft("w", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-11-29T02:00", "UTC", 60, 0)))
                .singleElement()
                .asString()
                .contains("never opens");
    }

    @Test
    void refusesARuleOfMinutes() {
        assertThat(problems(draft("w", "FREQ=MINUTELY;INTERVAL=90", "2026-11-29T02:00", "UTC", 60, 0)))
                .singleElement()
                .asString()
                .contains("hourly at most");
    }

    @Test
    void takesAWholeDayEveryDay() throws Exception {
        assertThat(draft("always", "FREQ=DAILY", "2026-11-29T00:00", "Europe/Berlin", 24 * 60, 30)
                        .validate()
                        .duration())
                .isEqualTo(Duration.ofDays(1));
    }

    private static WindowDraft draft(String name, String rule, String start, String zone, int minutes, int cutoff) {
        return new WindowDraft(
                name, rule, start, zone, Duration.ofMinutes(minutes), Duration.ofMinutes(cutoff), Optional.empty());
    }

    private static List<String> problems(WindowDraft draft) {
        InvalidWindowException refused = catchThrowableOfType(InvalidWindowException.class, draft::validate);
        return refused.problems();
    }
}
