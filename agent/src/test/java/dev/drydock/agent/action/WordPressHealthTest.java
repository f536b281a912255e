package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordPressHealthTest {
    @Test
    void whatIsAsBeforeIsWell() {
        assertThat(WordPressHealth.problems(seen(200, true, "", ""), seen(200, true, "", "")))
                .isEmpty();
        assertThat(WordPressHealth.problems(seen(404, false, "", ""), seen(404, false, "", "")))
                .isEmpty();
    }

    @Test
    void anotherStatusIsARegressionAlsoABetterOne() {
        assertThat(WordPressHealth.problems(seen(200, true, "", ""), seen(503, true, "", "")))
                .containsExactly("u: the status is 503, before it was 200");
        assertThat(WordPressHealth.problems(seen(404, true, "", ""), seen(200, true, "", "")))
                .hasSize(1);
    }

    @Test
    void textsAndTheEndOfThePageCount() {
        assertThat(WordPressHealth.problems(seen(200, true, "", ""), seen(200, true, "", "critical error")))
                .containsExactly("u: 'critical error' is in the page");
        assertThat(WordPressHealth.problems(seen(200, true, "", ""), seen(200, false, "", "")))
                .containsExactly("u: the page ends before </html>");
        assertThat(WordPressHealth.problems(seen(200, true, "", "Fatal"), seen(200, true, "", "Fatal")))
                .as("it was there before")
                .isEmpty();
    }

    @Test
    void codeThatLoadsNoMoreAndNewFatalErrorsCount() {
        Struct before = seen(200, true, "", "");
        assertThat(WordPressHealth.problems(before, seen(200, true, "wp-load.php ended with exit code 255", "")))
                .containsExactly("wp-load.php ended with exit code 255");
        Struct fatal = before.toBuilder()
                .mergeFrom(new Structs()
                        .putStrings("fatal", List.of("PHP Fatal error"))
                        .build())
                .build();
        assertThat(WordPressHealth.problems(before, fatal)).containsExactly("PHP Fatal error");
        assertThat(WordPressHealth.problems(fatal, fatal)).isEmpty();
    }

    private static Struct seen(int status, boolean page, String boot, String forbidden) {
        return new Structs()
                .putStructs(
                        "pages",
                        List.of(new Structs()
                                .put("url", "u")
                                .put("status", status)
                                .put("page", page)
                                .putStrings("forbidden", forbidden.isEmpty() ? List.of() : List.of(forbidden))
                                .build()))
                .put("boot", boot)
                .build();
    }
}
