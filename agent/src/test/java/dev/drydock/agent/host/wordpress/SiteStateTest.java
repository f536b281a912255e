package dev.drydock.agent.host.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SiteStateTest {
    private static final String CRON =
            "a:3:{i:1700000000;a:1:{s:16:\"wp_version_check\";a:1:{s:32:\"4017\";a:2:{s:4:\"args\";a:0:{}}}}i:1700009999;a:0:{}s:7:\"version\";i:2;}";

    @Test
    void activePluginsAreTheTextsOfTheOption() {
        assertThat(SiteState.texts("a:2:{i:0;s:19:\"akismet/akismet.php\";i:1;s:9:\"hello.php\";}"))
                .containsExactlyInAnyOrder("akismet/akismet.php", "hello.php");
        assertThat(SiteState.texts("")).isEmpty();
    }

    @Test
    void tasksAreOverdueAnHourAfterTheirTime() {
        assertThat(SiteState.overdue(CRON, Instant.ofEpochSecond(1_700_000_000L + 3599)))
                .isFalse();
        assertThat(SiteState.overdue(CRON, Instant.ofEpochSecond(1_700_000_000L + 3601)))
                .isTrue();
        assertThat(SiteState.overdue("", Instant.now())).isFalse();
    }
}
