package dev.drydock.controller.api;

import static java.util.Map.entry;

import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Role;
import java.util.Map;
import java.util.Optional;

/** Which role each method asks for at least, for which hosts, and whether it changes anything. A method that is not in the table is nobody's. */
final class Permissions {
    private static final Map<String, Rule> RULES = Map.ofEntries(
            entry("SystemService/GetVersion", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("ControllerService/ListControllers", looks(Role.VIEWER, Reach.FLEET)),
            entry("UserService/CreateUser", changes(Role.ADMIN, Reach.FLEET)),
            entry("UserService/ListUsers", looks(Role.VIEWER, Reach.FLEET)),
            entry("UserService/RemoveUser", changes(Role.ADMIN, Reach.FLEET)),
            entry("AccessService/AddGrant", changes(Role.ADMIN, Reach.FLEET)),
            entry("AccessService/RemoveGrant", changes(Role.ADMIN, Reach.FLEET)),
            entry("AccessService/ResetPassword", changes(Role.ADMIN, Reach.FLEET)),
            entry("AccessService/ResetTotp", changes(Role.ADMIN, Reach.FLEET)),
            entry("AccessService/SetSingleSignOn", changes(Role.ADMIN, Reach.FLEET)),
            entry("AccessService/UnlockUser", changes(Role.ADMIN, Reach.FLEET)),
            // One's own; the service asks for an administrator where it is another's.
            entry("AccountService/WhoAmI", looks(Role.VIEWER, Reach.OWN)),
            entry("AccountService/ChangePassword", changes(Role.VIEWER, Reach.OWN)),
            entry("AccountService/EnrolTotp", changes(Role.VIEWER, Reach.ANYWHERE)),
            entry("AccountService/ConfirmTotp", changes(Role.VIEWER, Reach.ANYWHERE)),
            entry("AccountService/DisableTotp", changes(Role.VIEWER, Reach.ANYWHERE)),
            entry("AccountService/CreateApiToken", changes(Role.VIEWER, Reach.ANYWHERE)),
            entry("AccountService/ListApiTokens", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("AccountService/RevokeApiToken", changes(Role.VIEWER, Reach.ANYWHERE)),
            entry("AccountService/ListSessions", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("AccountService/RevokeSessions", changes(Role.VIEWER, Reach.ANYWHERE)),
            entry("TokenService/CreateToken", changes(Role.ADMIN, Reach.FLEET)),
            entry("TokenService/ListTokens", looks(Role.OPERATOR, Reach.FLEET)),
            entry("TokenService/RevokeToken", changes(Role.ADMIN, Reach.FLEET)),
            entry("HostService/ListHosts", looks(Role.VIEWER, Reach.HOSTS)),
            entry("HostService/GetHost", looks(Role.VIEWER, Reach.HOSTS)),
            entry("HostService/LabelHost", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("HostService/DrainHost", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("HostService/ClearClone", changes(Role.ADMIN, Reach.HOSTS)),
            entry("HostService/RevokeHost", changes(Role.ADMIN, Reach.HOSTS)),
            entry("HostService/RefreshFacts", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("PlaybookService/PushPlaybook", changes(Role.OPERATOR, Reach.FLEET)),
            entry("PlaybookService/ListPlaybooks", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("PlaybookService/GetPlaybook", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("PlaybookService/PinSigner", changes(Role.ADMIN, Reach.FLEET)),
            entry("PlaybookService/ListSigners", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("ArtifactService/PushArtifact", changes(Role.OPERATOR, Reach.FLEET)),
            entry("ArtifactService/ListArtifacts", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("ArtifactService/GetArtifact", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("ArtifactService/DeleteArtifact", changes(Role.OPERATOR, Reach.FLEET)),
            entry("WindowService/CreateWindow", changes(Role.OPERATOR, Reach.FLEET)),
            entry("WindowService/ListWindows", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("WindowService/GetWindow", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("WindowService/DeleteWindow", changes(Role.OPERATOR, Reach.FLEET)),
            entry("WindowService/NextOpenings", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("RolloutService/PlanRollout", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("RolloutService/ApplyRollout", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("WindowService/SimulateWindow", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("WindowService/ExportWindows", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("WindowService/CreateWindowFeed", changes(Role.OPERATOR, Reach.FLEET)),
            entry("WindowService/RevokeWindowFeeds", changes(Role.OPERATOR, Reach.FLEET)),
            entry("CalendarService/CreateCalendar", changes(Role.OPERATOR, Reach.FLEET)),
            entry("CalendarService/ListCalendars", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("CalendarService/GetCalendar", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("CalendarService/DeleteCalendar", changes(Role.OPERATOR, Reach.FLEET)),
            entry("CalendarService/RefreshCalendar", changes(Role.OPERATOR, Reach.FLEET)),
            entry("CalendarService/ExportCalendar", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("AssessmentService/RecordAssessment", changes(Role.OPERATOR, Reach.FLEET)),
            entry("AssessmentService/ListAssessments", looks(Role.VIEWER, Reach.HOSTS)),
            entry("AssessmentService/DeleteAssessment", changes(Role.OPERATOR, Reach.FLEET)),
            entry("TeamService/CreateTeam", changes(Role.OPERATOR, Reach.FLEET)),
            entry("TeamService/ListTeams", looks(Role.VIEWER, Reach.HOSTS)),
            entry("TeamService/GetTeam", looks(Role.VIEWER, Reach.HOSTS)),
            entry("TeamService/DeleteTeam", changes(Role.OPERATOR, Reach.FLEET)),
            entry("TeamService/TestTeam", changes(Role.OPERATOR, Reach.FLEET)),
            entry("NotificationService/ListNotifications", looks(Role.VIEWER, Reach.FLEET)),
            entry("NotificationService/GetNotification", looks(Role.VIEWER, Reach.FLEET)),
            entry("NotificationService/RetryNotification", changes(Role.OPERATOR, Reach.FLEET)),
            entry("RolloutService/CreateRollout", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("RolloutService/ListRollouts", looks(Role.VIEWER, Reach.HOSTS)),
            entry("RolloutService/GetRollout", looks(Role.VIEWER, Reach.HOSTS)),
            entry("RolloutService/PauseRollout", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("RolloutService/ResumeRollout", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("RolloutService/AbortRollout", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("RolloutService/RetryRollout", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("RolloutService/ApproveRollout", changes(Role.APPROVER, Reach.HOSTS)),
            entry("RolloutService/WatchRollout", looks(Role.VIEWER, Reach.HOSTS)),
            entry("RunService/GetRun", looks(Role.VIEWER, Reach.HOSTS)),
            entry("RunService/ListRuns", looks(Role.VIEWER, Reach.HOSTS)),
            entry("RunService/CancelRun", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("RunService/StreamOutput", looks(Role.VIEWER, Reach.HOSTS)),
            entry("ExplanationService/Explain", looks(Role.VIEWER, Reach.HOSTS)),
            entry("DiagnosisService/Diagnose", looks(Role.VIEWER, Reach.FLEET)),
            // Changes nothing, but takes the controller's processor.
            entry("SimulationService/Simulate", looks(Role.OPERATOR, Reach.ANYWHERE)),
            entry("AuditService/ListAuditEntries", looks(Role.APPROVER, Reach.FLEET)),
            entry("AuditService/GetAuditHead", looks(Role.APPROVER, Reach.FLEET)),
            entry("AuditService/ExportAudit", looks(Role.ADMIN, Reach.FLEET)),
            entry("ContractService/CreateContract", changes(Role.ADMIN, Reach.FLEET)),
            entry("ContractService/ListContracts", looks(Role.VIEWER, Reach.HOSTS)),
            entry("ContractService/GetContract", looks(Role.VIEWER, Reach.HOSTS)),
            entry("ContractService/DeleteContract", changes(Role.ADMIN, Reach.FLEET)),
            entry("ContractService/ContractReport", looks(Role.VIEWER, Reach.HOSTS)),
            entry("IncidentService/ListIncidents", looks(Role.VIEWER, Reach.HOSTS)),
            entry("IncidentService/GetIncident", looks(Role.VIEWER, Reach.HOSTS)),
            entry("IncidentService/OpenIncident", changes(Role.OPERATOR, Reach.FLEET)),
            entry("IncidentService/RespondToIncident", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("IncidentService/HandOverIncident", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("IncidentService/ResolveIncident", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("IncidentService/CloseIncident", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("IncidentService/CommentIncident", changes(Role.OPERATOR, Reach.HOSTS)),
            entry("PolicyService/PushPolicy", changes(Role.OPERATOR, Reach.FLEET)),
            entry("PolicyService/ListPolicies", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("PolicyService/GetPolicy", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("FeedService/ImportFeed", changes(Role.OPERATOR, Reach.FLEET)),
            entry("FeedService/ListFeeds", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("FeedService/DeleteFeed", changes(Role.OPERATOR, Reach.FLEET)),
            entry("VulnerabilityService/ListVulnerabilities", looks(Role.VIEWER, Reach.HOSTS)),
            entry("VulnerabilityService/GetVulnerability", looks(Role.VIEWER, Reach.HOSTS)),
            entry("VulnerabilityService/ListFindings", looks(Role.VIEWER, Reach.HOSTS)),
            entry("WaiverService/CreateWaiver", changes(Role.OPERATOR, Reach.FLEET)),
            entry("WaiverService/ListWaivers", looks(Role.VIEWER, Reach.HOSTS)),
            entry("WaiverService/GetWaiver", looks(Role.VIEWER, Reach.HOSTS)),
            entry("WaiverService/ApproveWaiver", changes(Role.APPROVER, Reach.FLEET)),
            entry("WaiverService/RevokeWaiver", changes(Role.OPERATOR, Reach.FLEET)),
            entry("ReportService/ComplianceReport", looks(Role.VIEWER, Reach.HOSTS)),
            entry("ReportService/RenderComplianceReport", looks(Role.VIEWER, Reach.HOSTS)),
            entry("ReportService/RolloutReport", looks(Role.VIEWER, Reach.HOSTS)),
            // One's own; the service shows others' to who sees the whole fleet, and what they show is their owner's to
            // see.
            entry("ReportScheduleService/CreateReportSchedule", changes(Role.OPERATOR, Reach.ANYWHERE)),
            entry("ReportScheduleService/ListReportSchedules", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("ReportScheduleService/GetReportSchedule", looks(Role.VIEWER, Reach.ANYWHERE)),
            entry("ReportScheduleService/UpdateReportSchedule", changes(Role.OPERATOR, Reach.ANYWHERE)),
            entry("ReportScheduleService/DeleteReportSchedule", changes(Role.OPERATOR, Reach.ANYWHERE)),
            entry("ReportScheduleService/RunReportSchedule", changes(Role.OPERATOR, Reach.ANYWHERE)),
            entry("ReportScheduleService/RenderContractReport", looks(Role.VIEWER, Reach.HOSTS)));

    private static final String PACKAGE = "drydock.v1.";

    private Permissions() {}

    /** For which hosts the caller must have the role. */
    enum Reach {
        /** None: it is about the caller, who may do it also while a password must be changed and nothing else is open. */
        OWN,
        /** Any, however few: what is shown or done is no host's. */
        ANYWHERE,
        /** Those that the call is about: the service asks for each, and shows and takes only these. */
        HOSTS,
        /** The whole fleet: what is changed or told is not one host's. */
        FLEET
    }

    /**
     * Why this caller may not call this method; empty: it may.
     *
     * @param method its full name, {@code package.Service/Method}
     */
    static Optional<String> refusal(Principal caller, String method) {
        Optional<Rule> rule = rule(method);
        if (rule.isEmpty()) {
            return Optional.of(method + " is open to nobody: it has no rule.");
        }
        if (rule.get().reach() == Reach.OWN) {
            return Optional.empty();
        }
        Role least = rule.get().least();
        String name = method.substring(method.indexOf('/') + 1);
        if (!caller.anywhere(least)) {
            String role = caller.role().map(Role::word).orElse("nothing");
            return Optional.of(name + " needs the role " + least.word() + "; user " + caller.user() + " is " + role
                    + (caller.narrowed() ? " with this " + caller.credential() : "") + ".");
        }
        return rule.get().reach() != Reach.FLEET || caller.everywhere(least)
                ? Optional.empty()
                : Optional.of(name + " needs the role " + least.word() + " for the whole fleet; user " + caller.user()
                        + " has it for some hosts only.");
    }

    /** Of a method that the table has, by its full name. */
    static Optional<Reach> reach(String fullMethodName) {
        return rule(fullMethodName).map(Rule::reach);
    }

    /** Of a method that the table has, by its full name. */
    static Optional<Role> least(String fullMethodName) {
        return rule(fullMethodName).map(Rule::least);
    }

    /** Whether the table has this method, by its full name. */
    static boolean covers(String fullMethodName) {
        return rule(fullMethodName).isPresent();
    }

    /** Whether it changes anything, by its full name; a method without a rule does, for all we know. */
    static boolean changes(String fullMethodName) {
        return rule(fullMethodName).map(Rule::changes).orElse(true);
    }

    private static Optional<Rule> rule(String fullMethodName) {
        return fullMethodName.startsWith(PACKAGE)
                ? Optional.ofNullable(RULES.get(fullMethodName.substring(PACKAGE.length())))
                : Optional.empty();
    }

    private static Rule looks(Role least, Reach reach) {
        return new Rule(least, reach, false);
    }

    private static Rule changes(Role least, Reach reach) {
        return new Rule(least, reach, true);
    }

    /** @param changes whether what is on record, or what hosts do, is another afterwards */
    private record Rule(Role least, Reach reach, boolean changes) {}
}
