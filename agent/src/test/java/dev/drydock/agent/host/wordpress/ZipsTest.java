package dev.drydock.agent.host.wordpress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipsTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsBelowTheTopmostDirectoryIsUnpacked() throws Exception {
        Path into = directory.resolve("into");
        new Zips().unpack(zip("plugin/", "plugin/a.php", "plugin/sub/b.php"), into);
        assertThat(into.resolve("a.php")).hasContent("plugin/a.php");
        assertThat(into.resolve("sub/b.php")).hasContent("plugin/sub/b.php");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p/../../evil", "../evil", "/etc/evil", "p/..", "p\\..\\evil", "evil", "p/./../../x"})
    void whatLeadsOutsideIsRefused(String name) throws IOException {
        Path zip = zip("p/ok", name);
        assertThatThrownBy(() -> new Zips().unpack(zip, directory.resolve("into")))
                .isInstanceOf(HostException.class);
        assertThat(directory.resolve("evil")).doesNotExist();
    }

    @Test
    void severalTopmostDirectoriesAreRefused() throws IOException {
        Path zip = zip("one/a", "two/b");
        assertThatThrownBy(() -> new Zips().unpack(zip, directory.resolve("into")))
                .hasMessageContaining("2 topmost directories, expected one: [one, two]");
    }

    @Test
    void whatComesOutIsCountedAndBounded() throws IOException {
        Path zip = zip("p/a", "p/b");
        assertThatThrownBy(() -> new Zips(100, 5).unpack(zip, directory.resolve("into")))
                .hasMessageContaining("more than 5 bytes");
        assertThatThrownBy(() -> new Zips(1, 100).unpack(zip, directory.resolve("other")))
                .hasMessageContaining("2 entries, at most 1");
    }

    private Path zip(String... names) throws IOException {
        Path zip = directory.resolve("test.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String name : names) {
                entries.putNextEntry(new ZipEntry(name));
                if (!name.endsWith("/")) {
                    entries.write(name.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return zip;
    }
}
