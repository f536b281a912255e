package dev.drydock.agent.host.wordpress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WpConfigReaderTest {
    private static final String PHP = """
            <?php
            // define('DB_NAME', 'commented');
            # define('DB_NAME', 'commented');
            /* define( 'DB_NAME', 'commented' ); */
            define( 'DB_NAME', 'shop' );
            define("DB_USER", "wp");
            define('DB_PASSWORD', 'it\\'s // no # comment\\\\');
            define( 'DB_HOST', 'localhost:/run/mysqld/mysqld.sock' );
            define('MULTISITE', true);
            define( 'WP_CONTENT_DIR', __DIR__ . '/content' );
            $table_prefix = 'wp_';
            """;

    @Test
    void plainConstantsAreReadWithoutRunningAnything() throws IOException {
        WpConfig config = WpConfigReader.read("wp-config.php", PHP);
        assertThat(config.database()).isEqualTo("shop");
        assertThat(config.user()).isEqualTo("wp");
        assertThat(config.password()).isEqualTo("it's // no # comment\\");
        assertThat(config.host()).isEqualTo("localhost:/run/mysqld/mysqld.sock");
        assertThat(config.prefix()).isEqualTo("wp_");
        assertThat(config.multisite()).isTrue();
        assertThat(config.contentDir()).as("what is computed is not known").isEmpty();
    }

    @Test
    void thePasswordIsNeverShown() throws IOException {
        WpConfig config = WpConfigReader.read("wp-config.php", PHP.replace("shop", "pass-shop"));
        assertThat(config.toString()).doesNotContain("it's").doesNotContain("user");
        assertThatThrownBy(() -> WpConfigReader.read(
                        "wp-config.php", PHP.replace("'DB_USER'", "'X'").replace("\"DB_USER\"", "'X'")))
                .isInstanceOf(IOException.class)
                .hasMessage("wp-config.php does not define DB_USER as a plain text");
    }

    @Test
    void whatIsComputedOrNoPrefixIsRefused() {
        assertThatThrownBy(() -> WpConfigReader.read("c", PHP.replace("'shop'", "getenv('DB')")))
                .hasMessageContaining("DB_NAME as a plain text");
        assertThatThrownBy(() -> WpConfigReader.read("c", PHP.replace("'wp_'", "'wp`; --'")))
                .hasMessageContaining("$table_prefix");
    }
}
