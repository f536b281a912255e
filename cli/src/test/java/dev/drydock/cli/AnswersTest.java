package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.ApiToken;
import dev.drydock.proto.v1.AuditEntry;
import dev.drydock.proto.v1.Calendar;
import dev.drydock.proto.v1.ChangePasswordResponse;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ComplianceVerdict;
import dev.drydock.proto.v1.ConfirmTotpResponse;
import dev.drydock.proto.v1.CreateApiTokenResponse;
import dev.drydock.proto.v1.CreateTeamResponse;
import dev.drydock.proto.v1.CreateTokenResponse;
import dev.drydock.proto.v1.CreateUserResponse;
import dev.drydock.proto.v1.CreateWaiverRequest;
import dev.drydock.proto.v1.CreateWindowFeedResponse;
import dev.drydock.proto.v1.DeleteArtifactResponse;
import dev.drydock.proto.v1.DeleteAssessmentResponse;
import dev.drydock.proto.v1.DeleteCalendarResponse;
import dev.drydock.proto.v1.DeleteContractResponse;
import dev.drydock.proto.v1.DeleteFeedResponse;
import dev.drydock.proto.v1.DeleteTeamResponse;
import dev.drydock.proto.v1.DeleteWindowResponse;
import dev.drydock.proto.v1.DisableTotpResponse;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.EnrolTotpResponse;
import dev.drydock.proto.v1.ExportCalendarResponse;
import dev.drydock.proto.v1.ExportWindowsResponse;
import dev.drydock.proto.v1.GetVersionResponse;
import dev.drydock.proto.v1.Grant;
import dev.drydock.proto.v1.ListApiTokensResponse;
import dev.drydock.proto.v1.ListArtifactsResponse;
import dev.drydock.proto.v1.ListAssessmentsResponse;
import dev.drydock.proto.v1.ListAuditEntriesResponse;
import dev.drydock.proto.v1.ListCalendarsResponse;
import dev.drydock.proto.v1.ListContractsResponse;
import dev.drydock.proto.v1.ListFeedsResponse;
import dev.drydock.proto.v1.ListHostsResponse;
import dev.drydock.proto.v1.ListIncidentsResponse;
import dev.drydock.proto.v1.ListNotificationsResponse;
import dev.drydock.proto.v1.ListPoliciesResponse;
import dev.drydock.proto.v1.ListRolloutsResponse;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.ListSessionsResponse;
import dev.drydock.proto.v1.ListTeamsResponse;
import dev.drydock.proto.v1.ListTokensResponse;
import dev.drydock.proto.v1.ListUsersResponse;
import dev.drydock.proto.v1.ListVulnerabilitiesResponse;
import dev.drydock.proto.v1.ListWaiversResponse;
import dev.drydock.proto.v1.ListWindowsResponse;
import dev.drydock.proto.v1.NextOpeningsResponse;
import dev.drydock.proto.v1.NotificationSeverity;
import dev.drydock.proto.v1.NotificationState;
import dev.drydock.proto.v1.OutputChunk;
import dev.drydock.proto.v1.Policy;
import dev.drydock.proto.v1.RefreshFactsResponse;
import dev.drydock.proto.v1.RemoveUserResponse;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.RenderComplianceReportResponse;
import dev.drydock.proto.v1.RenderContractReportRequest;
import dev.drydock.proto.v1.RenderContractReportResponse;
import dev.drydock.proto.v1.ResetPasswordResponse;
import dev.drydock.proto.v1.RevokeApiTokenResponse;
import dev.drydock.proto.v1.RevokeSessionsResponse;
import dev.drydock.proto.v1.RevokeWindowFeedsResponse;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.TestTeamResponse;
import dev.drydock.proto.v1.UserRole;
import dev.drydock.proto.v1.WaiverState;
import dev.drydock.proto.v1.WhoAmIResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What each command prints when all goes well, for people and for scripts. */
class AnswersTest extends FunctionalTest {
    private static final String POLICY = """
            apiVersion: drydock/v1
            kind: Policy
            metadata: {name: web}
            spec:
              rules:
                - id: updates
                  securityUpdates: {olderThan: 7d}
            """;

    private void answerAccess() {
        plane.answer("AddGrant", SamplePeople.shop());
        plane.answer("RemoveGrant", SamplePeople.shop());
        plane.answer("UnlockUser", SamplePeople.shop());
        plane.answer("SetSingleSignOn", SamplePeople.shop());
        plane.answer("ResetTotp", SamplePeople.shop());
        plane.answer(
                "ResetPassword",
                ResetPasswordResponse.newBuilder()
                        .setOneTimePassword("abcdef-ghijkl-234567")
                        .build());
        plane.answer("ChangePassword", ChangePasswordResponse.getDefaultInstance());
        plane.answer(
                "EnrolTotp",
                EnrolTotpResponse.newBuilder()
                        .setSecret("GEZDGNBV")
                        .setUri("otpauth://totp/Drydock:shop?secret=GEZDGNBV")
                        .build());
        plane.answer(
                "ConfirmTotp",
                ConfirmTotpResponse.newBuilder()
                        .addRecoveryCodes("aaaa-bbbb-cccc-dddd")
                        .addRecoveryCodes("eeee-ffff-gggg-hhhh")
                        .build());
        plane.answer("DisableTotp", DisableTotpResponse.getDefaultInstance());
        plane.answer(
                "CreateApiToken",
                CreateApiTokenResponse.newBuilder()
                        .setToken(SamplePeople.apiToken())
                        .setSecret("dda1.token-of-shop")
                        .build());
        plane.answer(
                "ListApiTokens",
                ListApiTokensResponse.newBuilder()
                        .addTokens(SamplePeople.apiToken())
                        .addTokens(ApiToken.newBuilder().setUser("shop").setName("first"))
                        .build());
        plane.answer("RevokeApiToken", RevokeApiTokenResponse.getDefaultInstance());
        plane.answer(
                "ListSessions",
                ListSessionsResponse.newBuilder()
                        .addSessions(SamplePeople.session())
                        .build());
        plane.answer(
                "RevokeSessions",
                RevokeSessionsResponse.newBuilder().setRevoked(2).build());
        plane.answer("Explain", SampleRollouts.explanation());
        plane.answer("Diagnose", Fleet.diagnosis());
        plane.answer(
                "WhoAmI",
                WhoAmIResponse.newBuilder()
                        .setUser(SamplePeople.shop())
                        .setCredential("token dashboard")
                        .setNarrowed(true)
                        .addGrants(Grant.newBuilder()
                                .setRole(UserRole.VIEWER)
                                .setHosts("(host.labels.client == \"shop\") && (host.labels.role == \"web\")"))
                        .setExpiresAt(SamplePeople.apiToken().getExpiresAt())
                        .build());
    }

    private void answerEverything() {
        Message rollout = SampleRollouts.rollout(RolloutState.RUNNING);
        plane.answer(
                "GetVersion",
                GetVersionResponse.newBuilder()
                        .setVersion("0.1.0")
                        .setCaFingerprint("ab12")
                        .build());
        plane.answer(
                "CreateToken",
                CreateTokenResponse.newBuilder()
                        .setToken(SamplePeople.token())
                        .setSecret("dd1.t-1.secret.ab12")
                        .build());
        plane.answer(
                "ListTokens",
                ListTokensResponse.newBuilder()
                        .addTokens(SamplePeople.token())
                        .addTokens(SamplePeople.token().toBuilder().setId("t-2").setRevoked(true))
                        .addTokens(SamplePeople.token().toBuilder().setId("t-3").setUsesLeft(0))
                        .addTokens(SamplePeople.token().toBuilder()
                                .setId("t-4")
                                .setExpiresAt(Fleet.at("2026-11-24T02:00:00Z")))
                        .build());
        plane.answer(
                "CreateUser",
                CreateUserResponse.newBuilder()
                        .setUser(SamplePeople.user("anna", UserRole.APPROVER))
                        .setToken("dda1.token-of-anna")
                        .build());
        plane.answer(
                "ListUsers",
                ListUsersResponse.newBuilder()
                        .addUsers(SamplePeople.user("admin", UserRole.ADMIN))
                        .addUsers(SamplePeople.user("anna", UserRole.APPROVER))
                        .addUsers(SamplePeople.shop())
                        .addUsers(SamplePeople.shop().toBuilder()
                                .setName("night")
                                .clearGrants()
                                .setLockedUntil(SamplePeople.apiToken().getExpiresAt()))
                        .build());
        plane.answer(
                "ListAuditEntries",
                ListAuditEntriesResponse.newBuilder()
                        .addEntries(Fleet.audited(5, "drydock.v1.HostService/DrainHost", "OK", ""))
                        .addEntries(Fleet.audited(3, "drydock.v1.RolloutService/CreateRollout", "", ""))
                        .addEntries(Fleet.audited(
                                2, "drydock.v1.TeamService/CreateTeam", "ALREADY_EXISTS", "There is a team web-01."))
                        .addEntries(AuditEntry.newBuilder()
                                .setSeq(1)
                                .setAt(Fleet.at("2026-11-24T02:00:00Z"))
                                .setKind("started")
                                .putDetail("version", "0.1.0"))
                        .build());
        answerAccess();
        plane.answer("RemoveUser", RemoveUserResponse.getDefaultInstance());
        plane.answer(
                "RevokeToken", SamplePeople.token().toBuilder().setRevoked(true).build());
        plane.answer(
                "ListHosts",
                ListHostsResponse.newBuilder()
                        .addHosts(Fleet.web01())
                        .addHosts(Fleet.db01())
                        .build());
        plane.answer("GetHost", Fleet.web01());
        plane.answer("LabelHost", Fleet.web01());
        plane.answer("DrainHost", Fleet.web01().toBuilder().setDrained(true).build());
        plane.answer("ClearClone", Fleet.web01());
        plane.answer("RevokeHost", Fleet.web01().toBuilder().setRevoked(true).build());
        plane.answer("RefreshFacts", RefreshFactsResponse.getDefaultInstance());
        plane.answer("PushArtifact", Fleet.artifact());
        plane.answer("DeleteArtifact", DeleteArtifactResponse.getDefaultInstance());
        plane.answer(
                "ListArtifacts",
                ListArtifactsResponse.newBuilder()
                        .addArtifacts(Fleet.artifact())
                        .addArtifacts(Fleet.artifact().toBuilder()
                                .setDigest("sha256:" + "06e4".repeat(16))
                                .setName("plugins.zip")
                                .setSize(20_480))
                        .build());
        plane.answer("CreateWindow", Fleet.sundayNight());
        plane.answer("GetWindow", Fleet.sundayNight());
        plane.answer(
                "ListWindows",
                ListWindowsResponse.newBuilder().addWindows(Fleet.sundayNight()).build());
        plane.answer(
                "NextOpenings",
                NextOpeningsResponse.newBuilder()
                        .addOpenings(Fleet.opening())
                        .addOpenings(Fleet.cutOpening())
                        .addLost(Fleet.lostOpening())
                        .addWarnings("calendar holidays cannot be read since 2026-11-23T00:00:00Z; what it said on"
                                + " 2026-11-20T00:00:00Z holds: the server answered with status 503")
                        .build());
        plane.answer(
                "ExportWindows",
                ExportWindowsResponse.newBuilder()
                        .setIcs("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
                        .build());
        plane.answer(
                "CreateWindowFeed",
                CreateWindowFeedResponse.newBuilder()
                        .setPath("/calendars/windows/sunday-night.ics?token=abc")
                        .setPort(9443)
                        .setSubscriptions(1)
                        .build());
        plane.answer(
                "RevokeWindowFeeds",
                RevokeWindowFeedsResponse.newBuilder().setRevoked(2).build());
        plane.answer("SimulateWindow", Fleet.simulated());
        plane.answer(
                "CreateTeam",
                CreateTeamResponse.newBuilder()
                        .setTeam(Fleet.dba())
                        .setWebhookSecret("whsec_abc")
                        .build());
        plane.answer(
                "ListAssessments",
                ListAssessmentsResponse.newBuilder()
                        .addAssessments(Fleet.agentless())
                        .build());
        plane.answer("DeleteAssessment", DeleteAssessmentResponse.getDefaultInstance());
        plane.answer("GetTeam", Fleet.dba());
        plane.answer(
                "ListTeams",
                ListTeamsResponse.newBuilder().addTeams(Fleet.dba()).build());
        plane.answer("DeleteTeam", DeleteTeamResponse.getDefaultInstance());
        plane.answer(
                "TestTeam",
                TestTeamResponse.newBuilder()
                        .addNotifications(Fleet.notification(NotificationState.NOTIFICATION_PENDING))
                        .build());
        SampleReportSchedules.answer(plane);
        plane.answer(
                "ListNotifications",
                ListNotificationsResponse.newBuilder()
                        .addNotifications(Fleet.notification(NotificationState.NOTIFICATION_SENT))
                        .addNotifications(Fleet.notification(NotificationState.NOTIFICATION_FAILED))
                        .addNotifications(Fleet.notification(NotificationState.NOTIFICATION_HELD).toBuilder()
                                .setId("n-2")
                                .setSeverity(NotificationSeverity.SEVERITY_WARNING)
                                .setRepeats(3))
                        .addNotifications(Fleet.notification(NotificationState.NOTIFICATION_MERGED).toBuilder()
                                .setId("n-3")
                                .setMergedInto("n-2"))
                        .build());
        plane.answer("GetNotification", Fleet.notification(NotificationState.NOTIFICATION_SENT));
        plane.answer("RetryNotification", Fleet.notification(NotificationState.NOTIFICATION_PENDING));
        plane.answer("CreateContract", Agreements.shop());
        plane.answer("GetContract", Agreements.shop());
        plane.answer(
                "ListContracts",
                ListContractsResponse.newBuilder()
                        .addContracts(Agreements.shop())
                        .build());
        plane.answer("DeleteContract", DeleteContractResponse.getDefaultInstance());
        plane.answer("ContractReport", Agreements.report());
        plane.answer(
                "ListIncidents",
                ListIncidentsResponse.newBuilder()
                        .addIncidents(Agreements.rolledBack())
                        .addIncidents(Agreements.byHand())
                        .build());
        plane.answer("OpenIncident", Agreements.byHand());
        for (String method : List.of(
                "GetIncident",
                "RespondToIncident",
                "HandOverIncident",
                "ResolveIncident",
                "CloseIncident",
                "CommentIncident")) {
            plane.answer(method, Agreements.rolledBack());
        }
        plane.answer("CreateCalendar", Fleet.holidays());
        plane.answer("GetCalendar", Fleet.holidays());
        plane.answer("RefreshCalendar", Fleet.holidays());
        plane.answer("DeleteCalendar", DeleteCalendarResponse.getDefaultInstance());
        plane.answer(
                "ExportCalendar",
                ExportCalendarResponse.newBuilder()
                        .setIcs("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
                        .build());
        plane.answer(
                "ListCalendars",
                ListCalendarsResponse.newBuilder()
                        .addCalendars(Calendar.newBuilder()
                                .setName("black-friday")
                                .setTimezone("Europe/Berlin")
                                .setEvents(1)
                                .setReadAt(Fleet.at("2026-11-01T00:00:00Z")))
                        .addCalendars(Fleet.holidays())
                        .addCalendars(Calendar.newBuilder()
                                .setName("never")
                                .setSource("https://nowhere.example.com/…")
                                .setProblem("the server answered with status 404")
                                .setFailingSince(Fleet.at("2026-11-23T00:00:00Z")))
                        .build());
        plane.answer("DeleteWindow", DeleteWindowResponse.getDefaultInstance());
        for (String method : List.of(
                "CreateRollout",
                "ApplyRollout",
                "GetRollout",
                "PauseRollout",
                "ResumeRollout",
                "AbortRollout",
                "ApproveRollout",
                "RetryRollout")) {
            plane.answer(method, rollout);
        }
        plane.answer("PlanRollout", SampleRollouts.preview());
        plane.answer(
                "ListRollouts",
                ListRolloutsResponse.newBuilder()
                        .addRollouts(SampleRollouts.rollout(RolloutState.RUNNING))
                        .build());
        plane.answer(
                "ListRuns",
                ListRunsResponse.newBuilder()
                        .addRuns(SampleRollouts.rolledBack())
                        .addRuns(SampleRollouts.patched())
                        .build());
        plane.answer("GetRun", SampleRollouts.rolledBack());
        plane.answer("CancelRun", SampleRollouts.rolledBack());
        plane.answer(
                "StreamOutput",
                OutputChunk.newBuilder()
                        .setData(ByteString.copyFromUtf8("Reading lists\nDone\n"))
                        .build());
        plane.answer("ComplianceReport", SampleCompliance.compliance());
        plane.answer("PushPolicy", SampleCompliance.policy());
        plane.answer(
                "GetPolicy",
                SampleCompliance.policy().toBuilder().setSource(POLICY).build());
        plane.answer(
                "ListPolicies",
                ListPoliciesResponse.newBuilder()
                        .addPolicies(SampleCompliance.policy())
                        .addPolicies(Policy.newBuilder()
                                .setName("drydock-default")
                                .setVersion(1)
                                .setPushedBy("drydock"))
                        .build());
        plane.answer("ImportFeed", SampleCompliance.feed());
        plane.answer(
                "ListFeeds",
                ListFeedsResponse.newBuilder().addFeeds(SampleCompliance.feed()).build());
        plane.answer("DeleteFeed", DeleteFeedResponse.getDefaultInstance());
        plane.answer("CreateWaiver", SampleCompliance.waiver(WaiverState.WAIVER_ASKED));
        plane.answer("ApproveWaiver", SampleCompliance.waiver(WaiverState.WAIVER_STANDING));
        plane.answer("RevokeWaiver", SampleCompliance.waiver(WaiverState.WAIVER_REVOKED));
        plane.answer("GetWaiver", SampleCompliance.waiver(WaiverState.WAIVER_STANDING));
        plane.answer(
                "ListWaivers",
                ListWaiversResponse.newBuilder()
                        .addWaivers(SampleCompliance.waiver(WaiverState.WAIVER_STANDING))
                        .addWaivers(SampleCompliance.waiver(WaiverState.WAIVER_ASKED).toBuilder()
                                .setName("w2")
                                .clearCve()
                                .setRule("web/backup"))
                        .build());
        plane.answer(
                "ListVulnerabilities",
                ListVulnerabilitiesResponse.newBuilder()
                        .addVulnerabilities(SampleCompliance.vulnerability())
                        .setTotal(1)
                        .build());
        plane.answer("GetVulnerability", SampleCompliance.affected());
        plane.answer("RolloutReport", SampleRollouts.rolloutReport());
    }

    @ParameterizedTest
    @CsvSource({
        "version,            version --controller",
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
        answerEverything();

        Shell.Ended ended = run(call);

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out() + ended.err()).doesNotContain("\u001b", TestingManagementPlane.TOKEN);
        String all = ended.out() + (ended.err().isEmpty() ? "" : "--- standard error\n" + ended.err());
        Golden.check(name, all.replace(plane.address(), "ctl:8443"));
    }

    @ParameterizedTest
    @CsvSource({
        "version --controller,           0.1.0",
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
        answerEverything();

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
    void aRolloutForSpreadsheets() {
        answerEverything();

        Golden.check("rollout-csv", run("report rollout web-0001 --output csv").out());
    }

    @Test
    void spreadsheetsAndPipelinesGetTheControllersOwnBytes() {
        String bytes = "host,state\r\nweb-01,\"a\nb\"\r\n\u00e9";
        renders(bytes, ComplianceVerdict.newBuilder().setLate(1).setUnknown(1).build());
        plane.answer(
                "RenderContractReport",
                RenderContractReportRequest.class,
                request -> RenderContractReportResponse.newBuilder()
                        .setContent(ByteString.copyFromUtf8(bytes))
                        .build());
        String contract = "report contract shop --from 2026-11-01 --to 2026-12-01 --output ";

        for (DocumentFormat format : List.of(DocumentFormat.DOCUMENT_CSV, DocumentFormat.DOCUMENT_JUNIT)) {
            String word = format.name().replace("DOCUMENT_", "").toLowerCase(Locale.ROOT);
            assertThat(run("report compliance --filter true --output " + word).out())
                    .isEqualTo(bytes);
            assertThat(plane.asked(RenderComplianceReportRequest.class).getLast())
                    .extracting(RenderComplianceReportRequest::getFormat, RenderComplianceReportRequest::getFilter)
                    .containsExactly(format, "true");
            assertThat(run(contract + word).out()).isEqualTo(bytes);
            assertThat(plane.asked(RenderContractReportRequest.class).getLast())
                    .extracting(
                            RenderContractReportRequest::getFormat,
                            RenderContractReportRequest::getContract,
                            request -> request.getFrom().getSeconds())
                    .containsExactly(format, "shop", 1_793_458_800L);
        }
        assertThat(run("host list --output junit").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("report rollout web-0001 --output junit").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private void renders(String content, ComplianceVerdict verdict) {
        plane.answer(
                "RenderComplianceReport",
                RenderComplianceReportRequest.class,
                request -> RenderComplianceReportResponse.newBuilder()
                        .setContent(ByteString.copyFromUtf8(content))
                        .setVerdict(verdict)
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, late, 0",
        "0, 0, unknown, 0",
        "0, 3, late, 0",
        "0, 3, unknown, 1",
        "2, 0, late, 1",
        "2, 0, unknown, 1"
    })
    void filesFailACallThatAsksForThat(int late, int unknown, String failOn, int code) {
        renders(
                "text",
                ComplianceVerdict.newBuilder().setLate(late).setUnknown(unknown).build());
        for (String format : List.of("csv", "junit", "html")) {
            String call = "report compliance --output " + format;
            assertThat(run(call).exitCode()).isZero();
            Shell.Ended ended = run(call + " --fail-on " + failOn);
            assertThat(ended.exitCode()).as(format).isEqualTo(code);
            assertThat(ended.out()).isEqualTo("text");
        }
    }

    /** One that does not say how hosts stand is not taken for one that says they stand well. */
    @Test
    void anOldControllerDoesNotLetAPipelinePass() {
        plane.answer("RenderComplianceReport", RenderComplianceReportResponse.getDefaultInstance());
        Shell.Ended ended = run("report compliance --output junit --fail-on late");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err()).contains("older than this command");
    }

    @Test
    void aDocumentGoesIntoAFileOrAPipeAndAPdfToNoTerminal() throws Exception {
        plane.answer(
                "RenderComplianceReport",
                RenderComplianceReportRequest.class,
                request -> RenderComplianceReportResponse.newBuilder()
                        .setContent(ByteString.copyFromUtf8(request.getFormat() + " " + request.getZone() + "\n"))
                        .build());
        Path file = folder.resolve("compliance.pdf");
        String call = "report compliance --filter true --grace 3d --output pdf";

        Shell.Ended kept = run(call + " --file " + file);
        assertThat(kept.exitCode()).as(kept.err()).isZero();
        assertThat(kept.out()).isEmpty();
        assertThat(kept.err()).contains("Wrote " + file);
        assertThat(file).hasContent("DOCUMENT_PDF Asia/Tokyo\n");
        RenderComplianceReportRequest asked =
                plane.asked(RenderComplianceReportRequest.class).getLast();
        assertThat(asked.getFilter()).isEqualTo("true");
        assertThat(asked.getGrace().getSeconds()).isEqualTo(3 * 86_400);

        assertThat(run(call + " --file " + file).exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(file).hasContent("DOCUMENT_PDF Asia/Tokyo\n");
        assertThat(run(call).out()).isEqualTo("DOCUMENT_PDF Asia/Tokyo\n");
        assertThat(run("report compliance --output html --utc").out()).isEqualTo("DOCUMENT_HTML Z\n");

        shell.on(TestingTerminal.of(80, 24));
        int calls = plane.asked(RenderComplianceReportRequest.class).size();
        Shell.Ended refused = run(call);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("A PDF is nothing for a terminal", "--file report.pdf");
        assertThat(plane.asked(RenderComplianceReportRequest.class)).hasSize(calls);
    }

    @Test
    void whatIsNoDocumentTakesNoFileAndADocumentNothingElse() {
        answerEverything();
        for (String call : List.of(
                "host list --output pdf",
                "report rollout web-0001 --output html",
                "report compliance --file x.pdf",
                "report compliance --output csv --quiet --file x.csv",
                "report contract shop --from 2026-11-01 --to 2026-12-01 --output json --file x.json",
                "report compliance --output html --quiet")) {
            assertThat(run(call).exitCode()).as(call).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void lateHostsFailACallThatAsksForThat() {
        answerEverything();
        assertThat(run("report compliance --fail-on late").exitCode()).isEqualTo(ExitCode.FAILED);

        ComplianceReportResponse.Builder report =
                SampleCompliance.compliance().toBuilder().removeRows(2);
        plane.answer("ComplianceReport", report.build());
        assertThat(run("report compliance --fail-on late").exitCode()).isZero();
        assertThat(run("report compliance --fail-on unknown").exitCode()).isEqualTo(ExitCode.FAILED);

        plane.answer("ComplianceReport", report.removeRows(2).build());
        assertThat(run("report compliance --fail-on unknown").exitCode()).isZero();
    }

    @Test
    void aReportIsReadPageByPage() {
        plane.answer(
                "ComplianceReport",
                ComplianceReportRequest.class,
                request -> request.getPageToken().isEmpty()
                        ? SampleCompliance.compliance().toBuilder()
                                .setNextPageToken("4")
                                .build()
                        : ComplianceReportResponse.newBuilder()
                                .addRows(SampleCompliance.compliance().getRows(0).toBuilder()
                                        .setHost("web-99"))
                                .build());
        assertThat(run("report compliance --quiet").out().lines())
                .containsExactly("web-01", "web-03", "web-05", "web-11", "web-99");
    }

    @Test
    void waiversEndWithTheirLastDay() {
        answerEverything();
        run("waiver create w --cve C --hosts true --reason x --expires 2026-12-31");
        CreateWaiverRequest asked = plane.asked(CreateWaiverRequest.class).getLast();
        assertThat(Times.instant(asked.getExpiresAt())).isEqualTo("2026-12-31T15:00:00Z");
        Shell.Ended wrong = run("waiver create w --cve C --hosts true --reason x --expires soon");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("neither a duration nor a day");
    }

    @Test
    void policiesAreLintedWithoutAController() throws Exception {
        Path good = Files.writeString(folder.resolve("good.yaml"), POLICY);
        Path bad = Files.writeString(folder.resolve("bad.yaml"), POLICY.replace("olderThan", "olderTan"));
        Shell.Ended ended = run("policy lint " + good + " " + bad);
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.out()).contains("good.yaml: 0 errors", "bad.yaml: 2 errors");
        assertThat(ended.err()).contains("bad.yaml:7:25: error: spec.rules[0].securityUpdates.olderTan: unknown key");
        answerEverything();
        assertThat(run("policy diff " + good + " web").out()).contains("mean the same");
    }

    @TempDir
    Path folder;

    @Test
    void timesAreOfThePersonsZoneOrOfUtc() {
        answerEverything();

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

    @Test
    void onATerminalTablesFitAndAreColoured() {
        answerEverything();
        shell.on(TestingTerminal.of(60, 24));

        Shell.Ended ended = run("report compliance");

        assertThat(ended.out()).contains("\u001b[31m! late");
        assertThat(plain(ended.out()).lines().filter(line -> line.startsWith("web-")))
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    }

    @Test
    void colourYieldsToNoColorAndToDumbTerminals() {
        answerEverything();
        shell.on(TestingTerminal.of(80, 24));

        shell.variables.put("NO_COLOR", "1");
        assertThat(run("host list").out()).doesNotContain("\u001b");
        shell.variables.remove("NO_COLOR");
        shell.variables.put("TERM", "dumb");
        assertThat(run("host list").out()).doesNotContain("\u001b");
        shell.variables.remove("TERM");
        assertThat(run("host list").out()).contains("\u001b");
    }

    @Test
    void whatHostsWriteCannotSteerATerminalButGoesIntoAPipeAsItIs() {
        byte[] first = {'a', 0x1b, '[', '2', 'J', (byte) 0xC2};
        byte[] second = {(byte) 0x9B, '\t', (byte) 0xC3, (byte) 0xA9, (byte) 0xC2, (byte) 0xA7, '\n'};
        plane.answer("StreamOutput", chunk(first), chunk(second));

        assertThat(run("run logs r-1").out()).isEqualTo("a\u001b[2J\u009b\té§\n");
        shell.on(TestingTerminal.of(80, 24));
        assertThat(run("run logs r-1").out()).isEqualTo("a\uFFFD[2J\uFFFD\té§\n");
        answerEverything();
        assertThat(plain(run("run show r-web-05").out())).contains("E: nginx\uFFFD[2J failed");
    }

    private static OutputChunk chunk(byte[] data) {
        return OutputChunk.newBuilder().setData(ByteString.copyFrom(data)).build();
    }

    private static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    private Shell.Ended run(String call) {
        return shell.run(call.split(" +"));
    }
}
