package dev.drydock.agent.host.apt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Output;
import dev.drydock.agent.testing.Unexpected;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When apt need not read the lists; that a real apt names its archives so is the lab's to show. */
class AptRefreshTest {
    private static final Job JOB = Job.quiet(Duration.ofSeconds(10));
    private static final Instant TOLD = Instant.parse("2026-11-29T10:55:48Z");
    private static final String ON_DISK = "'file:/srv/lab/./InRelease' _srv_lab_._InRelease 0 \n"
            + "'file:/srv/lab/./Packages.xz' _srv_lab_._Packages 0 \n";

    @TempDir
    Path root;

    private final List<String> asked = new ArrayList<>();
    private final AtomicReference<String> condition = new AtomicReference<>("");
    private final AtomicInteger status = new AtomicInteger(304);
    private HttpServer server;
    private Instant now = Instant.parse("2026-11-30T06:00:00Z");
    private String uris = ON_DISK;
    private String settings =
            "Acquire::http \"\";\nAcquire::http::User-Agent \"x\";\nAcquire::AllowInsecureRepositories \"0\";\n";
    private AptRefresh lists;
    private Path list;
    private Path archive;

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/debian/dists/stable/InRelease", exchange -> {
            condition.set(String.valueOf(exchange.getRequestHeaders().getFirst("If-Modified-Since")));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        HostFiles files = new HostFiles(root.toRealPath());
        Files.createDirectories(root.resolve("var/lib/apt/lists/partial"));
        list = root.resolve("var/lib/apt/lists/_srv_lab_._Release");
        archive = Files.createDirectories(root.resolve("srv/lab")).resolve("Release");
        Files.writeString(list, "Suite: lab\n");
        Files.writeString(archive, "Suite: lab\n");
        Files.createDirectories(root.resolve("etc/apt/sources.list.d"));
        Files.createDirectories(root.resolve("usr/share/keyrings"));
        lists = new AptRefresh(new Apt(new Asked()), new AptInputs(files), files, () -> now);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private final class Asked implements Commands {
        @Override
        public Result run(Command command, Output output) {
            asked.add(command.argv().getFirst());
            return new Result(0, false, command.argv().contains("dump") ? settings : uris, "");
        }

        @Override
        public void requireProgram(String program) {
            throw Unexpected.call();
        }
    }

    private void onServer() throws Exception {
        int port = server.getAddress().getPort();
        String name = "127.0.0.1:" + port + "_debian_dists_stable_";
        uris = "'http://127.0.0.1:" + port + "/debian/dists/stable/InRelease' " + name + "InRelease 0 \n";
        Path kept = root.resolve("var/lib/apt/lists/" + name + "InRelease");
        Files.writeString(kept, "Suite: stable\n");
        Files.setLastModifiedTime(kept, FileTime.from(TOLD));
    }

    @Test
    void aptReadsThemFirst() throws Exception {
        assertThat(lists.isNotNeeded(JOB)).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void anArchiveOnThisMachineIsCompared() throws Exception {
        lists.wereRead();
        now = now.plusSeconds(60);
        assertThat(lists.isNotNeeded(JOB)).isTrue();
        assertThat(Files.getLastModifiedTime(root.resolve("var/lib/apt/lists/partial"))
                        .toInstant())
                .as("noted as apt does")
                .isEqualTo(now);

        Files.writeString(archive, "Suite: lax\n");
        assertThat(lists.isNotNeeded(JOB)).isFalse();
        Files.delete(archive);
        assertThat(lists.isNotNeeded(JOB)).isFalse();
        assertThat(asked).as("once").containsExactly("apt-get", "apt-config");
    }

    @Test
    void aServerIsAskedOnTheConditionThatAptKeeps() throws Exception {
        onServer();
        lists.wereRead();
        assertThat(lists.isNotNeeded(JOB)).isTrue();
        assertThat(condition.get()).isEqualTo("Sun, 29 Nov 2026 10:55:48 GMT");
    }

    @Test
    void whateverElseAServerSaysIsForApt() throws Exception {
        onServer();
        lists.wereRead();
        for (int other : new int[] {200, 301, 404, 407, 500}) {
            status.set(other);
            assertThat(lists.isNotNeeded(JOB)).as("status %d", other).isFalse();
        }
        server.stop(0);
        assertThat(lists.isNotNeeded(JOB)).as("nobody there").isFalse();
    }

    @Test
    void afterAnHourAptReadsThemAgain() throws Exception {
        lists.wereRead();
        now = now.plus(Duration.ofMinutes(59));
        assertThat(lists.isNotNeeded(JOB)).isTrue();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(lists.isNotNeeded(JOB))
                .as("an answer of its own makes them no younger")
                .isFalse();
        now = now.minus(Duration.ofHours(2));
        assertThat(lists.isNotNeeded(JOB)).as("a clock that was set back").isFalse();
    }

    @Test
    void otherSourcesKeysOrPasswordsAreForApt() throws Exception {
        lists.wereRead();
        assertThat(lists.isNotNeeded(JOB)).isTrue();
        for (String file : List.of(
                "etc/apt/sources.list",
                "etc/apt/sources.list.d/new.sources",
                "usr/share/keyrings/new.gpg",
                "var/lib/apt/lists/x")) {
            Files.writeString(root.resolve(file), "x");
            assertThat(lists.isNotNeeded(JOB)).as(file).isFalse();
            lists.wereRead();
            assertThat(lists.isNotNeeded(JOB)).as(file).isTrue();
        }
    }

    @Test
    void whereSomethingStandsBetweenAptAloneAsks() throws Exception {
        onServer();
        for (String setting : List.of(
                "Acquire::http::Proxy \"http://proxy.example.com:3128\";",
                "Acquire::HTTP::Proxy::archive.example.com \"DIRECT\";",
                "Acquire::http::Proxy-Auto-Detect \"/usr/bin/find-proxy\";",
                "Acquire::https::Verify-Peer \"false\";")) {
            settings = setting + "\n";
            assertThat(archives()).as(setting).isFalse();
        }
        settings = "Acquire::http::Proxy \"\";\n";
        assertThat(archives()).isTrue();
        Files.writeString(root.resolve("etc/apt/auth.conf"), "machine 127.0.0.1 login a password b\n");
        assertThat(archives()).isFalse();
    }

    @Test
    void archivesThatOnlyAptCanAskAreForApt() throws Exception {
        for (String other : List.of(
                "'cdrom://Debian/dists/stable/InRelease' _srv_lab_._InRelease 0 ",
                "'mirror+file:/etc/apt/mirrors/InRelease' _srv_lab_._InRelease 0 ",
                "'http://user:pass@127.0.0.1/InRelease' _srv_lab_._InRelease 0 ",
                "'file:/srv/other/./InRelease' _srv_other_._InRelease 0 ")) {
            uris = ON_DISK + other + "\n";
            assertThat(archives()).as(other).isFalse();
        }
        uris = "";
        assertThat(archives()).as("none").isFalse();
    }

    /** Whether apt is not needed, by a memory that has just been made. */
    private boolean archives() throws Exception {
        HostFiles files = new HostFiles(root.toRealPath());
        AptRefresh fresh = new AptRefresh(new Apt(new Asked()), new AptInputs(files), files, () -> now);
        fresh.wereRead();
        return fresh.isNotNeeded(JOB);
    }
}
