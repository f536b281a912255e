package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.v1.DrainHostRequest;
import dev.drydock.proto.v1.RevokeHostRequest;
import io.grpc.Status;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong: said on standard error with the next step, and by the exit code. */
class ErrorsTest extends FunctionalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hots list                    | Did you mean host?",
                "host lst                     | Did you mean list?",
                "host list --fliter true      | Did you mean --filter?",
                "rollout wach web-0001        | Did you mean watch?",
                "report complience            | Did you mean compliance?",
                "ponder r-1                   | See drydock --help.",
                "host show                    | See drydock host show --help.",
                "host list --output jsn       | 'jsn'",
                "host drain web-01 --output csv | Only reports print csv",
                "token create --ttl soon      | --ttl 'soon' is not a duration.",
                "token create --label role    | KEY=VALUE",
                "host label web-01 role       | neither KEY=VALUE nor KEY-",
                "window create w --duration 1h | no first opening",
                "window create w --duration 1h --now --start 2026-11-29T02:00 | exclude each other",
                "window create w --duration 1h --now --zone Mars/North | not a time zone",
                "window create w --duration 1h --start tomorrow | not a local date and time",
                "contract create c --client C --hosts true --cover corrective:4h | --cover 'corrective:4h' is not clear.",
                "contract create c --client C --hosts true --cover corrective:4h:0 | is not clear.",
                "contract create c --client C --hosts true --cover other:4h:1 | 'other' is no type of maintenance",
                "contract create c --client C --hosts true --hours 9 --cover corrective:4h:1 | are no hours",
                "team create t --hosts true --least dba=loud | 'loud' is no severity",
                "team create t --hosts true --least dba | --least 'dba' is not clear.",
                "team create t --hosts true --quiet-days friday | There are no quiet hours.",
                "team create t --hosts true --quiet-hours 20 | --quiet-hours '20' are no hours.",
                "incident list --state lost    | --state: 'lost' is no state.",
                "incident hand-over i-1 --to nobody | 'nobody' takes no incidents",
                "report contract c --from soon --to 2026-12-01 | --from 'soon' is no time",
                "rollout watch web-0001 --output yaml | cannot be watched as yaml",
                "rollout create r --playbook p --hosts true --window w --watch --output yaml | cannot be watched as yaml",
                "run logs r-1 --output json   | prints the output as it is",
                "@/etc/passwd                 | @/etc/passwd"
            })
    void wrongUsageIsExitCode2AndNothingIsTried(String call, String says) {
        Shell.Ended ended = shell.run(call.split(" +"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("drydock: ").contains("\n  next:  ").contains(says);
        assertThat(ended.out()).isEmpty();
        assertThat(plane.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', Usage: drydock, rollout", "host, Usage: drydock host, list"})
    void withoutAVerbTheHelpSaysWhichThereAre(String call, String usage, String verb) {
        Shell.Ended ended = call.isEmpty() ? shell.run() : shell.run(call);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains(usage, verb).doesNotContain("\u001b");
        assertThat(ended.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_ARGUMENT,    2",
        "FAILED_PRECONDITION, 3",
        "ALREADY_EXISTS,      3",
        "PERMISSION_DENIED,   3",
        "UNAUTHENTICATED,     3",
        "NOT_FOUND,           1",
        "RESOURCE_EXHAUSTED,  1",
        "UNAVAILABLE,         1",
        "INTERNAL,            1"
    })
    void theControllersWordsAreKept(Status.Code code, int exitCode) {
        plane.refuse("GetHost", code.toStatus().withDescription("Because of this.\nAnd of that."));

        Shell.Ended ended = shell.run("host", "show", "web-01");

        assertThat(ended.exitCode()).isEqualTo(exitCode);
        assertThat(ended.err()).startsWith("drydock: Because of this.\nAnd of that.\n");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void anUnknownNameSaysHowToSeeTheKnownOnes() {
        plane.refuse("GetHost", Status.NOT_FOUND.withDescription("There is no host web-99."));

        assertThat(shell.run("host", "show", "web-99").err())
                .isEqualTo("drydock: There is no host web-99.\n  next:  See what there is: drydock host list.\n");
    }

    @Test
    void aWrongTokenLeadsToLogin() {
        shell.file("token", "another");

        Shell.Ended ended = shell.run("host", "list");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("drydock login").doesNotContain("another");
    }

    @Test
    void aForeignCaIsNotTrusted() {
        shell.file("ca.crt", TestingCertificates.create().ca());

        Shell.Ended ended = shell.run("host", "list");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains("Cannot trust the controller at " + plane.address())
                .contains("ca.crt");
        assertThat(plane.asked()).isEmpty();
    }

    @Test
    void aNameThatTheCertificateDoesNotCarryIsNotTrusted() {
        shell.variables.put("DRYDOCK_ADDRESS", plane.address().replace("localhost", "127.0.0.2"));

        Shell.Ended ended = shell.run("host", "list");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(plane.asked()).isEmpty();
    }

    @Test
    void nobodyThere() {
        plane.stop();

        Shell.Ended ended = shell.run("host", "list");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains("Cannot reach the controller at " + plane.address())
                .contains("Check that drydock-controller runs there");
    }

    @Test
    void aNameThatDoesNotResolve() {
        shell.variables.put("DRYDOCK_ADDRESS", "controller.invalid");

        Shell.Ended ended = shell.run("host", "list");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("controller.invalid:8443").contains("does not resolve");
    }

    @ParameterizedTest
    @CsvSource({"not a host, DRYDOCK_ADDRESS", "host:99999, DRYDOCK_ADDRESS"})
    void anImpossibleAddress(String address, String variable) {
        shell.variables.put(variable, address);

        Shell.Ended ended = shell.run("host", "list");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("'" + address + "'").contains("HOST:PORT");
    }

    @Test
    void stackTracesOnlyOnDemandAndNeverTheToken() {
        plane.stop();

        assertThat(shell.run("host", "list").err()).doesNotContain("\tat ");
        assertThat(shell.run("host", "list", "--debug").err())
                .contains("\tat ")
                .doesNotContain(TestingManagementPlane.TOKEN);
    }

    @Test
    void destructiveVerbsNeedAYes() {
        plane.answer("RevokeHost", Fleet.web01());

        Shell.Ended nobody = shell.run("host", "revoke", "web-01");
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err()).contains("--yes");

        shell.on(TestingTerminal.of(80, 24));
        for (String answer : new String[] {"n\n", "", "\n", "yesterday\n"}) {
            Shell.Ended no = shell.typing(answer).run("host", "revoke", "web-01");
            assertThat(no.exitCode()).isEqualTo(3);
            assertThat(no.err()).contains("[y/N]").contains("Not done");
        }
        assertThat(plane.asked(RevokeHostRequest.class)).isEmpty();

        Shell.Ended yes = shell.typing("Y\n").run("host", "revoke", "web-01");
        assertThat(yes.exitCode()).isZero();
        assertThat(plane.asked(RevokeHostRequest.class)).hasSize(1);
    }

    @Test
    void theNounsOfACallAreKnownWhereverTheyStand() {
        plane.answer("DrainHost", Fleet.web01());

        assertThat(shell.run("--utc", "-o", "json", "host", "--quiet", "drain", "version")
                        .exitCode())
                .isZero();
        assertThat(plane.asked(DrainHostRequest.class).getFirst().getName()).isEqualTo("version");
    }

    @Test
    void theVersionIsToldAsOtherProgramsTellIt() {
        String told = shell.run("version").out();
        assertThat(told).startsWith("drydock ");
        assertThat(shell.run("--version").out()).isEqualTo(told);
        assertThat(shell.run("-V", "--quiet").out()).isEqualTo(told.substring("drydock ".length()));
    }

    @Test
    void theProgramsBesideThisOneAreNamed() {
        for (String noun : new String[] {"controller", "agent"}) {
            Shell.Ended ended = shell.run(noun, "run", "--data", "x");
            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.err().toLowerCase(Locale.ROOT)).contains("drydock-" + noun + " run --data x");
        }
    }
}
