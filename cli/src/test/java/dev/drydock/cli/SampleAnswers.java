package dev.drydock.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.drydock.proto.v1.ApiToken;
import dev.drydock.proto.v1.AuditEntry;
import dev.drydock.proto.v1.Calendar;
import dev.drydock.proto.v1.ChangePasswordResponse;
import dev.drydock.proto.v1.ConfirmTotpResponse;
import dev.drydock.proto.v1.CreateApiTokenResponse;
import dev.drydock.proto.v1.CreateTeamResponse;
import dev.drydock.proto.v1.CreateTokenResponse;
import dev.drydock.proto.v1.CreateUserResponse;
import dev.drydock.proto.v1.CreateWindowFeedResponse;
import dev.drydock.proto.v1.DeleteArtifactResponse;
import dev.drydock.proto.v1.DeleteAssessmentResponse;
import dev.drydock.proto.v1.DeleteCalendarResponse;
import dev.drydock.proto.v1.DeleteContractResponse;
import dev.drydock.proto.v1.DeleteFeedResponse;
import dev.drydock.proto.v1.DeleteTeamResponse;
import dev.drydock.proto.v1.DeleteWindowResponse;
import dev.drydock.proto.v1.DisableTotpResponse;
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
import dev.drydock.proto.v1.ListControllersResponse;
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
import dev.drydock.proto.v1.ResetPasswordResponse;
import dev.drydock.proto.v1.RevokeApiTokenResponse;
import dev.drydock.proto.v1.RevokeSessionsResponse;
import dev.drydock.proto.v1.RevokeWindowFeedsResponse;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.TestTeamResponse;
import dev.drydock.proto.v1.UserRole;
import dev.drydock.proto.v1.WaiverState;
import dev.drydock.proto.v1.WhoAmIResponse;
import java.util.List;

/** What the double of the management plane answers to each method, so that every command finds what it asks for. */
final class SampleAnswers {
    private SampleAnswers() {}

    static void all(TestingManagementPlane plane) {
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
        access(plane);
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
                SampleCompliance.policy().toBuilder()
                        .setSource(SampleCompliance.POLICY)
                        .build());
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
        plane.answer(
                "ListControllers",
                ListControllersResponse.newBuilder()
                        .addControllers(Fleet.leader())
                        .addControllers(Fleet.follower())
                        .build());
        plane.answer("RolloutReport", SampleRollouts.rolloutReport());
    }

    private static void access(TestingManagementPlane plane) {
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
}
