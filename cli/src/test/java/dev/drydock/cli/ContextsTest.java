package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.v1.GetVersionResponse;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.ListHostsResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which controller is talked to, and what is kept of it. */
class ContextsTest extends FunctionalTest {
    private Path ca = Path.of("");
    private Path token = Path.of("");

    @BeforeEach
    void noVariables() {
        ca = Path.of(shell.variables.remove("DRYDOCK_CA"));
        token = Path.of(shell.variables.remove("DRYDOCK_TOKEN_FILE"));
        shell.variables.remove("DRYDOCK_ADDRESS");
        plane.answer(
                "GetVersion",
                GetVersionResponse.newBuilder().setVersion("0.1.0").build());
        plane.answer("ListHosts", ListHostsResponse.getDefaultInstance());
    }

    private Shell.Ended login(String... more) {
        String[] call = {"login", "--address", plane.address(), "--ca", ca.toString(), "--token-file", token.toString()
        };
        String[] all = new String[call.length + more.length];
        System.arraycopy(call, 0, all, 0, call.length);
        System.arraycopy(more, 0, all, call.length, more.length);
        return shell.run(all);
    }

    @Test
    void afterLoginNothingMoreHasToBeSaid() throws IOException {
        Shell.Ended ended = login();

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("Logged in to " + plane.address())
                .doesNotContain(TestingManagementPlane.TOKEN);
        Files.delete(ca);
        Files.delete(token);
        assertThat(shell.run("host", "list").exitCode()).isZero();
    }

    @Test
    void whatIsKeptIsReadableByItsOwnerOnly() throws IOException {
        login("--context", "lab");

        assertThat(mode(shell.configuration())).isEqualTo("rwx------");
        for (String file : new String[] {"config.yaml", "lab.ca.crt", "lab.token"}) {
            assertThat(mode(shell.configuration().resolve(file))).isEqualTo("rw-------");
        }
        assertThat(Files.readString(shell.configuration().resolve("config.yaml")))
                .doesNotContain(TestingManagementPlane.TOKEN);
        assertThat(shell.configuration()).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void theTokenMayComeFromStandardInput() {
        shell.typing(TestingManagementPlane.TOKEN + "\n");

        Shell.Ended ended =
                shell.run("login", "--address", plane.address(), "--ca", ca.toString(), "--token-file", "-");

        assertThat(ended.exitCode()).isZero();
        assertThat(shell.run("host", "list").exitCode()).isZero();
    }

    @Test
    void aLoginThatFailsKeepsNothing() {
        shell.file("token", "wrong");

        assertThat(login().exitCode()).isEqualTo(3);
        assertThat(shell.configuration()).doesNotExist();
    }

    @Test
    void theLastLoginIsTheDefaultAndOthersAreReachedByName() {
        login("--context", "good");
        try (TestingManagementPlane other = new TestingManagementPlane()) {
            other.answer(
                    "GetVersion",
                    GetVersionResponse.newBuilder().setVersion("0.1.0").build());
            other.answer("ListHosts", ListHostsResponse.getDefaultInstance());
            Path otherCa = shell.file("other.crt", other.ca());
            shell.run(
                    "login",
                    "--context",
                    "other",
                    "--address",
                    other.address(),
                    "--ca",
                    otherCa.toString(),
                    "--token-file",
                    token.toString());

            shell.run("host", "list");
            assertThat(other.asked(ListHostsRequest.class)).hasSize(1);

            shell.run("host", "list", "--context", "good");
            shell.variables.put("DRYDOCK_CONTEXT", "good");
            shell.run("host", "list");
            assertThat(plane.asked(ListHostsRequest.class)).hasSize(2);
            assertThat(shell.run("host", "list", "--context", "god").err())
                    .contains("god")
                    .contains("Known contexts: good, other.");
        }
    }

    @Test
    void variablesWinOverTheFile() throws IOException {
        login();
        shell.variables.put("DRYDOCK_ADDRESS", "127.0.0.1:1");

        assertThat(shell.run("host", "list").err()).contains("127.0.0.1:1");
        shell.variables.remove("DRYDOCK_ADDRESS");
        shell.variables.put("DRYDOCK_TOKEN_FILE", shell.file("empty", "\n").toString());
        assertThat(shell.run("host", "list").err()).contains("empty");
        shell.variables.put("DRYDOCK_TOKEN_FILE", "/nonexistent");
        assertThat(shell.run("host", "list").err()).contains("/nonexistent");
        shell.variables.put("DRYDOCK_TOKEN_FILE", token.toString());
        shell.variables.put("DRYDOCK_CA", "/nonexistent.crt");
        assertThat(shell.run("host", "list").err()).contains("/nonexistent.crt");
        Files.delete(shell.configuration().resolve("config.yaml"));
        shell.variables.put("DRYDOCK_CA", ca.toString());
        shell.variables.put("DRYDOCK_ADDRESS", plane.address());
        assertThat(shell.run("host", "list").exitCode()).isZero();
    }

    @Test
    void withoutAnyContextTheFirstStepIsSaid() {
        Shell.Ended ended = shell.run("host", "list");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("No controller is set").contains("drydock login --address HOST:PORT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"contexts: [", "[]", "contexts: {a: 1}\ncurrent: a", "contexts: {a: {address: x}}\ncurrent: a"})
    void aBrokenFileIsNamed(String yaml) throws IOException {
        login();
        Files.writeString(shell.configuration().resolve("config.yaml"), yaml);

        Shell.Ended ended = shell.run("host", "list");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("config.yaml").contains("drydock login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "", "a b", ".hidden"})
    void namesOfContextsCannotLeaveTheFolder(String name) {
        Shell.Ended ended = login("--context", name);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("cannot name a context");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
