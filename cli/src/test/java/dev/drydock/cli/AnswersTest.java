package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.CreateWaiverRequest;
import dev.drydock.proto.v1.ListCalendarsResponse;
import dev.drydock.proto.v1.ListHostsResponse;
import dev.drydock.proto.v1.ListRolloutsResponse;
import dev.drydock.proto.v1.ListTokensResponse;
import dev.drydock.proto.v1.ListWindowsResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What each command prints when all goes well, for people and for scripts. */
class AnswersTest extends FunctionalTest {
    @ParameterizedTest
    @CsvSource({
        "version,            version --controller",
        "controller-list,    controller list",
        "user-create,        user create anna --role approver",
        "user-list,          user list",
        "user-remove,        user remove anna --yes",
        "audit-list,         audit list --utc",
        "user-grant,         user grant shop --role viewer --hosts true",
        "user-ungrant,       user ungrant shop --role viewer --hosts true",
        "user-passwd-reset,  user passwd --reset shop",
        "user-totp-reset,    user totp --reset shop",
        "user-unlock,        user unlock shop",
        "user-sso,           user sso shop",
        "user-sessions,      user sessions",
        "user-sessions-end,  user sessions --end all",
        "api-token-create,   api-token create dashboard --role viewer --ttl 1h",
        "api-token-list,     api-token list",
        "api-token-revoke,   api-token revoke dashboard --yes",
        "whoami,             whoami",
        "explain,            explain web-0001",
        "doctor,             doctor",
        "token-create,       token create --uses 10 --label role=web",
        "token-list,         token list",
        "token-revoke,       token revoke t-1 --yes",
        "host-list,          host list",
        "host-show,          host show web-01",
        "host-facts,         host facts web-01 --refresh",
        "host-label,         host label web-01 role=web tier-",
        "host-drain,         host drain web-01",
        "host-clear-clone,   host clear-clone web-01",
        "host-revoke,        host revoke web-01 --yes",
        "artifact-list,      artifact list",
        "artifact-show,      artifact show 9c1b47",
        "artifact-delete,    artifact delete plugins.zip --yes",
        "window-create,      window create sunday-night --start 2026-11-29T02:00 --zone Europe/Berlin --duration 3h",
        "window-list,        window list",
        "window-show,        window show sunday-night",
        "window-next,        window next sunday-night",
        "window-simulate,    window simulate sunday-night --from 2026-11-01 --to 2026-12-31T00:00",
        "calendar-create,    calendar create holidays --url https://calendars.example.com/secret.ics",
        "calendar-list,      calendar list",
        "calendar-show,      calendar show holidays --refresh",
        "calendar-export,    calendar export holidays",
        "calendar-delete,    calendar delete holidays --yes",
        "team-create,        team create dba --hosts true --mail dba@example.com --notice 2h",
        "team-list,          team list",
        "ssh-list,           ssh list",
        "team-show,          team show dba",
        "team-test,          team test dba",
        "team-delete,        team delete dba --yes",
        "report-schedule-create, report schedule create board --start 2026-11-30T07:00 --zone UTC --mail board@example.com",
        "report-schedule-list, report schedule list",
        "report-schedule-show, report schedule show board",
        "report-schedule-edit, report schedule edit board --format html --mail none",
        "report-schedule-pause, report schedule pause board",
        "report-schedule-resume, report schedule resume board",
        "report-schedule-run, report schedule run board",
        "report-schedule-delete, report schedule delete board --yes",
        "notification-list,  notification list --state failed --team dba",
        "notification-show,  notification show n-1",
        "notification-retry, notification retry n-1",
        "contract-create,    contract create shop --client Shop --hosts true --cover corrective:4h:3 --cover adaptive:none:none:charged",
        "contract-list,      contract list",
        "contract-show,      contract show shop",
        "contract-delete,    contract delete shop --yes",
        "incident-list,      incident list --state handed-over",
        "incident-show,      incident show i-17",
        "incident-open,      incident open --host db-01 --title Slow",
        "incident-hand-over, incident hand-over i-17 --comment patch",
        "window-export,      window export --all",
        "window-feed,        window feed sunday-night",
        "window-feed-revoke, window feed sunday-night --revoke",
        "window-delete,      window delete sunday-night --yes",
        "rollout-create,     rollout create web-0001 --playbook web --hosts true --window sunday-night",
        "rollout-plan,       rollout plan web-0001 --playbook web --hosts true --window sunday-night",
        "rollout-apply,      rollout apply web-0001",
        "rollout-list,       rollout list",
        "rollout-show,       rollout show web-0001",
        "rollout-pause,      rollout pause web-0001",
        "rollout-resume,     rollout resume web-0001",
        "rollout-approve,    rollout approve web-0001 --wave 2 --comment good",
        "rollout-retry,      rollout retry web-0001 --host web-01",
        "rollout-abort,      rollout abort web-0001 --yes",
        "run-list,           run list --rollout web-0001",
        "run-show,           run show r-web-05",
        "run-logs,           run logs r-web-05 --follow",
        "run-cancel,         run cancel r-web-05 --yes",
        "policy-push,        policy push pom.xml",
        "policy-list,        policy list",
        "policy-show,        policy show web",
        "policy-diff,        policy diff web@6 web@7",
        "feed-import,        feed import pom.xml --source osv-debian",
        "feed-list,          feed list",
        "feed-delete,        feed delete osv-debian --yes",
        "waiver-create,      waiver create ssh-legacy --cve CVE-2024-6387 --hosts true --reason for-now --expires 30d",
        "waiver-list,        waiver list --state standing",
        "waiver-show,        waiver show ssh-legacy",
        "waiver-approve,     waiver approve ssh-legacy",
        "waiver-revoke,      waiver revoke ssh-legacy --yes",
        "vulnerability-list, vulnerability list --severity high --exploited",
        "vulnerability-show, vulnerability show CVE-2024-6387",
        "report-compliance,  report compliance",
        "report-rollout,     report rollout web-0001",
        "report-contract,    report contract shop --from 2026-11-01 --to 2026-12-01"
    })
    void forPeople(String name, String call) {
        SampleAnswers.all(plane);

        Shell.Ended ended = run(call);

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out() + ended.err()).doesNotContain("\u001b", TestingManagementPlane.TOKEN);
        String all = ended.out() + (ended.err().isEmpty() ? "" : "--- standard error\n" + ended.err());
        Golden.check(name, all.replace(plane.address(), "ctl:8443"));
    }

    @ParameterizedTest
    @CsvSource({
        "version --controller,           0.1.0",
        "controller list,                ctl-1.example.com:7443 ctl-2.example.com:7443",
        "audit list,                     5 3 2 1",
        "token create,                   dd1.t-1.secret.ab12",
        "token list,                     t-1 t-2 t-3 t-4",
        "user grant shop --role viewer,  shop",
        "user ungrant shop --role viewer, shop",
        "user passwd --reset shop,       abcdef-ghijkl-234567",
        "user unlock shop,               shop",
        "user sso shop --undo,           shop",
        "user sessions,                  4f1c2d3e4f5a6b7c",
        "user sessions --end all,        2",
        "api-token create dashboard,     dda1.token-of-shop",
        "api-token list,                 dashboard first",
        "api-token revoke dashboard --yes, dashboard",
        "whoami,                         shop",
        "explain web-0001,               web-0001",
        "token revoke t-1 --yes,         t-1",
        "host list,                      web-01 db-01",
        "host show web-01,               web-01",
        "host facts web-01,              web-01",
        "host label web-01 a=b,          web-01",
        "host drain web-01,              web-01",
        "host clear-clone web-01,        web-01",
        "host revoke web-01 --yes,       web-01",
        "artifact show plugins.zip,      sha256:06e406e406e406e406e406e406e406e406e406e406e406e406e406e406e406e4",
        "window create w --now --duration 3h, sunday-night",
        "window list,                    sunday-night",
        "window show sunday-night,       sunday-night",
        "window next sunday-night,       2026-11-24T02:00:00Z 2026-12-06T01:00:00Z",
        "window export sunday-night,     sunday-night",
        "window feed sunday-night,       https://localhost:9443/calendars/windows/sunday-night.ics?token=abc",
        "window simulate sunday-night,   2026-11-24T02:00:00Z 2026-12-06T01:00:00Z",
        "calendar create holidays --dates 2026-12-25, holidays",
        "calendar list,                  black-friday holidays never",
        "calendar show holidays,         holidays",
        "calendar export holidays,       holidays",
        "calendar delete holidays --yes, holidays",
        "team create dba --hosts true,   whsec_abc",
        "ssh list,                       old-01",
        "ssh forget old-01 --yes,        old-01",
        "team list,                      dba",
        "team show dba,                  dba",
        "team test dba,                  n-1",
        "team delete dba --yes,          dba",
        "report schedule create board --start 2026-11-30T07:00, whsec_abc",
        "report schedule list,           board gate",
        "report schedule show board,     board",
        "report schedule pause board,    board",
        "report schedule run board,      compliance-2026-11-24.pdf",
        "report schedule delete board --yes, board",
        "notification list,              n-1 n-1 n-2 n-3",
        "notification show n-1,          n-1",
        "notification retry n-1,         n-1",
        "contract create shop --client Shop --hosts true --cover emergency:1h:none, shop",
        "contract list,                  shop",
        "contract show shop,             shop",
        "contract delete shop --yes,     shop",
        "incident list --all,            i-17 i-16",
        "incident show i-17,             i-17",
        "incident open --host a --title b, i-16",
        "incident respond i-17,          i-17",
        "incident hand-over i-17 --to operation, i-17",
        "incident resolve i-17,          i-17",
        "incident close i-17,            i-17",
        "incident comment i-17 called,   i-17",
        "report contract shop --from 2026-11-01 --to 2026-12-01, i-17",
        "window delete sunday-night --yes, sunday-night",
        "rollout create web-0001 --playbook web --hosts true --window w, web-0001",
        "rollout list,                   web-0001",
        "rollout show web-0001,          web-0001",
        "rollout pause web-0001,         web-0001",
        "rollout resume web-0001,        web-0001",
        "rollout abort web-0001 --yes,   web-0001",
        "run list,                       r-web-05 r-web-03",
        "run show r-web-05,              r-web-05",
        "run cancel r-web-05 --yes,      r-web-05",
        "policy push pom.xml,            web@7",
        "policy list,                    web@7 drydock-default@1",
        "policy show web,                web@7",
        "feed import pom.xml,            osv-debian",
        "feed list,                      osv-debian",
        "feed delete osv-debian --yes,   osv-debian",
        "waiver create w --cve C --hosts true --reason x --expires 2026-12-31, ssh-legacy",
        "waiver list,                    ssh-legacy w2",
        "waiver show ssh-legacy,         ssh-legacy",
        "waiver approve ssh-legacy,      ssh-legacy",
        "waiver revoke ssh-legacy --yes, ssh-legacy",
        "vulnerability list,             CVE-2024-6387",
        "vulnerability show CVE-2024-6387, CVE-2024-6387",
        "report compliance,              web-01 web-03 web-05 web-11",
        "report rollout web-0001,        r-web-03 r-web-05"
    })
    void forScripts(String call, String names) {
        SampleAnswers.all(plane);

        Shell.Ended quiet = run(call + " --quiet");
        Shell.Ended json = run(call + " --output json");
        Shell.Ended yaml = run(call + " --output yaml");

        assertThat(quiet.out().lines()).containsExactly(names.split(" "));
        assertThat(quiet.err()).isEmpty();
        Object tree = tree(json.out());
        assertThat(tree).isInstanceOf(Map.class).isEqualTo(tree(yaml.out()));
        assertThat(json.out()).startsWith("{");
        assertThat(json.err()).isEmpty();
    }

    /** JSON is YAML too. */
    private static Object tree(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    @Test
    void waiversEndWithTheirLastDay() {
        SampleAnswers.all(plane);
        run("waiver create w --cve C --hosts true --reason x --expires 2026-12-31");
        CreateWaiverRequest asked = plane.asked(CreateWaiverRequest.class).getLast();
        assertThat(Times.instant(asked.getExpiresAt())).isEqualTo("2026-12-31T15:00:00Z");
        Shell.Ended wrong = run("waiver create w --cve C --hosts true --reason x --expires soon");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("neither a duration nor a day");
    }

    @Test
    void policiesAreLintedWithoutAController() throws Exception {
        Path good = Files.writeString(folder.resolve("good.yaml"), SampleCompliance.POLICY);
        Path bad =
                Files.writeString(folder.resolve("bad.yaml"), SampleCompliance.POLICY.replace("olderThan", "olderTan"));
        Shell.Ended ended = run("policy lint " + good + " " + bad);
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.out()).contains("good.yaml: 0 errors", "bad.yaml: 2 errors");
        assertThat(ended.err()).contains("bad.yaml:7:25: error: spec.rules[0].securityUpdates.olderTan: unknown key");
        SampleAnswers.all(plane);
        assertThat(run("policy diff " + good + " web").out()).contains("mean the same");
    }

    @Test
    void timesAreOfThePersonsZoneOrOfUtc() {
        SampleAnswers.all(plane);

        assertThat(run("token list").out()).contains("2026-11-24 13:00 JST (in 1 h)");
        assertThat(run("token list --utc").out()).contains("2026-11-24 04:00 UTC (in 1 h)");
    }

    @Test
    void emptyListsSayWhatToDo() {
        plane.answer("ListHosts", ListHostsResponse.getDefaultInstance());
        plane.answer("ListRollouts", ListRolloutsResponse.getDefaultInstance());
        plane.answer("ListWindows", ListWindowsResponse.getDefaultInstance());
        plane.answer("ListTokens", ListTokensResponse.getDefaultInstance());
        plane.answer("ListCalendars", ListCalendarsResponse.getDefaultInstance());

        assertThat(run("calendar list").out()).contains("drydock calendar create");
        assertThat(run("host list").out()).contains("drydock token create");
        assertThat(run("host list --filter false").out()).contains("No host matches false");
        assertThat(run("rollout list").out()).contains("drydock rollout create");
        assertThat(run("window list").out()).contains("drydock window create");
        assertThat(run("token list").out()).contains("drydock token create");
    }

    private Shell.Ended run(String call) {
        return shell.run(call.split(" +"));
    }
}
