package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Check.Finding;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.LocalCommands;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {
    private static final Struct NO_BASELINE = Struct.getDefaultInstance();

    @TempDir
    Path directory;

    private final HostFiles machine = new HostFiles(Path.of("/"));

    @Test
    void tcpConnects() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, Object> args = Map.of("host", "127.0.0.1", "port", (long) server.getLocalPort());
            Finding finding = judge(new TcpCheck(), NO_BASELINE, args);
            assertThat(finding.holds()).isTrue();
            assertThat(finding.measured()).matches("connected in \\d+ ms");
        }
    }

    @Test
    void tcpIsRefusedAndThatIsNoRegressionWhereItWasBefore() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Map<String, Object> args = Map.of("host", "127.0.0.1", "port", (long) free);
        TcpCheck check = new TcpCheck();
        Struct before = check.observe(new TestStep(directory).with(args));

        assertThat(judge(check, NO_BASELINE, args).reason()).contains("refused");
        assertThat(judge(check, before, args).holds()).isTrue();
    }

    @Test
    void diskFreeBySizeAndByShare() throws Exception {
        DiskFree check = new DiskFree(machine);
        assertThat(judge(check, NO_BASELINE, Map.of("path", "/tmp", "atLeast", "1B"))
                        .holds())
                .isTrue();
        assertThat(judge(check, NO_BASELINE, Map.of("path", "/tmp", "atLeast", "0%"))
                        .holds())
                .isTrue();
        Finding tooLittle = judge(check, NO_BASELINE, Map.of("path", "/tmp", "atLeast", "900000TiB"));
        assertThat(tooLittle.reason()).isEqualTo("less than 900000TiB is free on /tmp");
        assertThat(judge(check, NO_BASELINE, Map.of("path", "/no/such/place", "atLeast", "1B"))
                        .reason())
                .isEqualTo("/no/such/place is not there");
    }

    @Test
    void loadIsForEachProcessor() throws Exception {
        Path loadavg = Files.writeString(directory.resolve("loadavg"), "3.00 1.00 0.50 1/200 4711\n");
        LoadBelow check = new LoadBelow(loadavg, 2);
        assertThat(judge(check, NO_BASELINE, Map.of("limit", 1.6)).measured())
                .isEqualTo("load 1.50 for each processor");
        assertThat(judge(check, NO_BASELINE, Map.of("limit", 1.5)).reason())
                .isEqualTo("the load of each processor is not below 1.5");
        assertThat(judge(check, NO_BASELINE, Map.of("limit", 2L)).holds()).isTrue();
    }

    @Test
    void commandIsJudgedByExitCodeAndByBothOfItsStreams() throws Exception {
        CommandCheck check = new CommandCheck(new LocalCommands(machine));
        List<String> argv = List.of("sh", "-c", "echo out; echo err >&2; exit 3");

        Finding right =
                judge(check, NO_BASELINE, Map.of("argv", argv, "exitCode", 3L, "contains", List.of("out", "err")));
        assertThat(right.holds()).isTrue();
        Finding wrong = judge(check, NO_BASELINE, Map.of("argv", argv, "absent", "err"));
        assertThat(wrong.reason()).isEqualTo("exit code 3, expected 0, 'err' is in what it prints");
    }

    @Test
    void aCommandThatIsNotThereOrDoesNotEndIsAnObservation() throws Exception {
        CommandCheck check = new CommandCheck(new LocalCommands(machine));
        assertThat(judge(check, NO_BASELINE, Map.of("argv", List.of("no-such-program")))
                        .reason())
                .contains("no-such-program");
        assertThat(judge(check, NO_BASELINE, Map.of("argv", List.of("sleep", "60"), "timeout", "1s"))
                        .reason())
                .isEqualTo("sleep did not end in time");
    }

    @Test
    void eachServiceMustBeActiveButThoseThatWereNotBefore() throws Exception {
        FakeServices services = new FakeServices().with("nginx", true).with("mariadb", false);
        ServiceActive check = new ServiceActive(services);
        Map<String, Object> both = Map.of("value", List.of("nginx", "mariadb"));
        Struct before = check.observe(new TestStep(directory).with(both));

        assertThat(judge(check, NO_BASELINE, both).reason()).isEqualTo("not active: mariadb");
        assertThat(judge(check, before, both).holds()).isTrue();
        services.with("nginx", false);
        Finding finding = judge(check, before, Map.of("names", List.of("nginx", "mariadb")));
        assertThat(finding.reason()).isEqualTo("not active: nginx");
        assertThat(finding.measured()).isEqualTo("nginx inactive (dead), mariadb inactive (dead)");
    }

    @Test
    void argumentsThatMakeNoSenseAreRefused() {
        TestStep step = new TestStep(directory);
        assertThatThrownBy(() -> new TcpCheck().observe(step.with(Map.of("port", 70_000L))))
                .hasMessageContaining("'port'");
        assertThatThrownBy(() -> new ServiceActive(new FakeServices()).observe(step.with(Map.of())))
                .hasMessageContaining("'names' is empty");
    }

    private Finding judge(Check check, Struct baseline, Map<String, Object> args) throws Exception {
        StepContext context = new TestStep(directory).with(args);
        return check.judge(context, baseline, check.observe(context));
    }
}
