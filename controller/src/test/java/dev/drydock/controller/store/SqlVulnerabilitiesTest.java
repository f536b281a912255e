package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.vulnerability.Feed;
import dev.drydock.controller.vulnerability.InvalidFeedException;
import dev.drydock.controller.vulnerability.Severity;
import dev.drydock.controller.vulnerability.Vulnerabilities;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlVulnerabilitiesTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Path SAMPLES = Path.of("src/test/resources/feeds");

    @TempDir
    Path directory;

    private final AtomicInteger ids = new AtomicInteger();
    private SqlStore store;
    private Vulnerabilities vulnerabilities;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        vulnerabilities = again();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Vulnerabilities again() {
        return new Vulnerabilities(new SqlVulnerabilities(store, () -> "i-" + ids.incrementAndGet()), () -> NOON);
    }

    private Feed load(String source, String file) throws Exception {
        return vulnerabilities.importFile(source, SAMPLES.resolve(file), "", "digest of " + file, "olga");
    }

    private int rows() {
        return store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM vulnerability_fixes")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void whatWasImportedIsThereAfterARestart() throws Exception {
        load("tracker", "debian-tracker.json");
        load("kev", "kev.json");

        Vulnerabilities restarted = again();
        assertThat(restarted.feeds()).extracting(Feed::source).containsExactly("kev", "tracker");
        assertThat(restarted.index().severity("CVE-2023-4911")).isEqualTo(Severity.HIGH);
        assertThat(restarted.index().exploited("CVE-2023-4911")).isTrue();
        assertThat(restarted.index().fixes("CVE-2023-4911")).hasSize(2);
    }

    @Test
    void anImportReplacesWhatItsSourceSaid() throws Exception {
        load("debian", "debian-tracker.json");
        load("debian", "debian-tracker.json");
        assertThat(rows()).isEqualTo(3);

        Feed osv = load("debian", "osv-glibc.json");
        assertThat(osv.entries()).isEqualTo(2);
        assertThat(vulnerabilities.feeds()).containsExactly(osv);
        assertThat(vulnerabilities.index().fixes("CVE-2024-6387")).isEmpty();
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void aBadFileChangesNothing() throws Exception {
        Feed before = load("debian", "debian-tracker.json");
        Path cut = Files.writeString(
                directory.resolve("cut.json"),
                Files.readString(SAMPLES.resolve("debian-tracker.json")).substring(0, 900));
        assertThatThrownBy(() -> vulnerabilities.importFile("debian", cut, "", "x", "olga"))
                .isInstanceOf(InvalidFeedException.class);
        assertThat(vulnerabilities.feeds()).containsExactly(before);
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void whatAnImportLeftThatWasCutOffIsRemoved() throws Exception {
        load("debian", "debian-tracker.json");
        store.writeNow(handle -> handle.execute(
                "INSERT INTO vulnerability_fixes VALUES ('lost', 'CVE-1', 'debian:12', 'a', '1', 'HIGH', '')"));
        assertThat(again().index().fixes("CVE-1")).isEmpty();
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void aSourceCanBeForgotten() throws Exception {
        load("debian", "debian-tracker.json");
        assertThat(vulnerabilities.remove("debian")).isTrue();
        assertThat(vulnerabilities.remove("debian")).isFalse();
        assertThat(vulnerabilities.index().vulnerabilities()).isZero();
        assertThat(rows()).isZero();
    }
}
