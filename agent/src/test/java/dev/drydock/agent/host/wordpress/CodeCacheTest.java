package dev.drydock.agent.host.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCacheTest {
    @TempDir
    private Path root;

    @Test
    void withoutAWordItIsPhpsDefault() throws IOException {
        write("/etc/php/8.2/fpm/php.ini", ";opcache.revalidate_freq=90\n; opcache.validate_timestamps=0\n");
        assertThat(cache()).isEqualTo(new CodeCache(Duration.ofSeconds(2), true));
    }

    @Test
    void theLongestOfWebServersCountsAndTheCommandLineDoesNot() throws IOException {
        write("/etc/php/8.2/fpm/conf.d/10-opcache.ini", "opcache.revalidate_freq=30");
        write("/etc/php/8.2/fpm/pool.d/www.conf", "php_admin_value[opcache.revalidate_freq] = 60");
        write("/etc/php/8.2/cli/php.ini", "opcache.revalidate_freq=900\nopcache.validate_timestamps=0");
        assertThat(cache()).isEqualTo(new CodeCache(Duration.ofSeconds(60), true));
    }

    @Test
    void whereItNeverLooksThatIsSaid() throws IOException {
        write("/etc/php.d/10-opcache.ini", "opcache.validate_timestamps = Off");
        assertThat(cache().looks()).isFalse();
        assertThat(new CodeCache(Duration.ZERO, true)
                        .with("php_admin_flag[opcache.validate_timestamps] = off")
                        .looks())
                .isFalse();
    }

    private CodeCache cache() throws IOException {
        return CodeCache.of(new HostFiles(root.toRealPath()));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
