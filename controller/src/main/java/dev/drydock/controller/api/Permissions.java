package dev.drydock.controller.api;

import static java.util.Map.entry;

import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.User;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which role each method asks for at least, and whether it changes anything. A method that is not in the table is nobody's. */
final class Permissions {
    private static final Map<String, Rule> RULES = Map.ofEntries(
            entry("SystemService/GetVersion", looks(Role.VIEWER)),
            entry("UserService/CreateUser", changes(Role.ADMIN)),
            entry("UserService/ListUsers", looks(Role.VIEWER)),
            entry("UserService/RemoveUser", changes(Role.ADMIN)),
            entry("AuditService/ListAuditEntries", looks(Role.APPROVER)),
            entry("AuditService/GetAuditHead", looks(Role.APPROVER)),
            entry("AuditService/ExportAudit", looks(Role.ADMIN)),
            entry("TokenService/CreateToken", changes(Role.ADMIN)),
            entry("TokenService/ListTokens", looks(Role.OPERATOR)),
            entry("TokenService/RevokeToken", changes(Role.ADMIN)),
            entry("HostService/ListHosts", looks(Role.VIEWER)),
            entry("HostService/GetHost", looks(Role.VIEWER)),
            entry("HostService/LabelHost", changes(Role.OPERATOR)),
            entry("HostService/DrainHost", changes(Role.OPERATOR)),
            entry("HostService/ClearClone", changes(Role.ADMIN)),
            entry("HostService/RevokeHost", changes(Role.ADMIN)),
            entry("HostService/RefreshFacts", changes(Role.OPERATOR)),
            entry("PlaybookService/PushPlaybook", changes(Role.OPERATOR)),
            entry("PlaybookService/ListPlaybooks", looks(Role.VIEWER)),
            entry("PlaybookService/GetPlaybook", looks(Role.VIEWER)),
            entry("PlaybookService/PinSigner", changes(Role.ADMIN)),
            entry("PlaybookService/ListSigners", looks(Role.VIEWER)),
            entry("ArtifactService/PushArtifact", changes(Role.OPERATOR)),
            entry("ArtifactService/ListArtifacts", looks(Role.VIEWER)),
            entry("ArtifactService/GetArtifact", looks(Role.VIEWER)),
            entry("ArtifactService/DeleteArtifact", changes(Role.OPERATOR)),
            entry("WindowService/CreateWindow", changes(Role.OPERATOR)),
            entry("WindowService/ListWindows", looks(Role.VIEWER)),
            entry("WindowService/GetWindow", looks(Role.VIEWER)),
            entry("WindowService/DeleteWindow", changes(Role.OPERATOR)),
            entry("WindowService/NextOpenings", looks(Role.VIEWER)),
            entry("RolloutService/PlanRollout", changes(Role.OPERATOR)),
            entry("RolloutService/ApplyRollout", changes(Role.OPERATOR)),
            entry("WindowService/SimulateWindow", looks(Role.VIEWER)),
            entry("WindowService/ExportWindows", looks(Role.VIEWER)),
            entry("WindowService/CreateWindowFeed", changes(Role.OPERATOR)),
            entry("WindowService/RevokeWindowFeeds", changes(Role.OPERATOR)),
            entry("CalendarService/CreateCalendar", changes(Role.OPERATOR)),
            entry("CalendarService/ListCalendars", looks(Role.VIEWER)),
            entry("CalendarService/GetCalendar", looks(Role.VIEWER)),
            entry("CalendarService/DeleteCalendar", changes(Role.OPERATOR)),
            entry("CalendarService/RefreshCalendar", changes(Role.OPERATOR)),
            entry("CalendarService/ExportCalendar", looks(Role.VIEWER)),
            entry("TeamService/CreateTeam", changes(Role.OPERATOR)),
            entry("TeamService/ListTeams", looks(Role.VIEWER)),
            entry("TeamService/GetTeam", looks(Role.VIEWER)),
            entry("TeamService/DeleteTeam", changes(Role.OPERATOR)),
            entry("TeamService/TestTeam", changes(Role.OPERATOR)),
            entry("NotificationService/ListNotifications", looks(Role.VIEWER)),
            entry("NotificationService/GetNotification", looks(Role.VIEWER)),
            entry("NotificationService/RetryNotification", changes(Role.OPERATOR)),
            entry("RolloutService/CreateRollout", changes(Role.OPERATOR)),
            entry("RolloutService/ListRollouts", looks(Role.VIEWER)),
            entry("RolloutService/GetRollout", looks(Role.VIEWER)),
            entry("RolloutService/PauseRollout", changes(Role.OPERATOR)),
            entry("RolloutService/ResumeRollout", changes(Role.OPERATOR)),
            entry("RolloutService/AbortRollout", changes(Role.OPERATOR)),
            entry("RolloutService/RetryRollout", changes(Role.OPERATOR)),
            entry("RolloutService/ApproveRollout", changes(Role.APPROVER)),
            entry("RolloutService/WatchRollout", looks(Role.VIEWER)),
            entry("RunService/GetRun", looks(Role.VIEWER)),
            entry("RunService/ListRuns", looks(Role.VIEWER)),
            entry("RunService/CancelRun", changes(Role.OPERATOR)),
            entry("RunService/StreamOutput", looks(Role.VIEWER)),
            // Changes nothing, but takes the controller's processor.
            entry("SimulationService/Simulate", looks(Role.OPERATOR)),
            entry("ContractService/CreateContract", changes(Role.ADMIN)),
            entry("ContractService/ListContracts", looks(Role.VIEWER)),
            entry("ContractService/GetContract", looks(Role.VIEWER)),
            entry("ContractService/DeleteContract", changes(Role.ADMIN)),
            entry("ContractService/ContractReport", looks(Role.VIEWER)),
            entry("IncidentService/ListIncidents", looks(Role.VIEWER)),
            entry("IncidentService/GetIncident", looks(Role.VIEWER)),
            entry("IncidentService/OpenIncident", changes(Role.OPERATOR)),
            entry("IncidentService/RespondToIncident", changes(Role.OPERATOR)),
            entry("IncidentService/HandOverIncident", changes(Role.OPERATOR)),
            entry("IncidentService/ResolveIncident", changes(Role.OPERATOR)),
            entry("IncidentService/CloseIncident", changes(Role.OPERATOR)),
            entry("IncidentService/CommentIncident", changes(Role.OPERATOR)),
            entry("PolicyService/PushPolicy", changes(Role.OPERATOR)),
            entry("PolicyService/ListPolicies", looks(Role.VIEWER)),
            entry("PolicyService/GetPolicy", looks(Role.VIEWER)),
            entry("FeedService/ImportFeed", changes(Role.OPERATOR)),
            entry("FeedService/ListFeeds", looks(Role.VIEWER)),
            entry("FeedService/DeleteFeed", changes(Role.OPERATOR)),
            entry("VulnerabilityService/ListVulnerabilities", looks(Role.VIEWER)),
            entry("VulnerabilityService/GetVulnerability", looks(Role.VIEWER)),
            entry("VulnerabilityService/ListFindings", looks(Role.VIEWER)),
            entry("WaiverService/CreateWaiver", changes(Role.OPERATOR)),
            entry("WaiverService/ListWaivers", looks(Role.VIEWER)),
            entry("WaiverService/GetWaiver", looks(Role.VIEWER)),
            entry("WaiverService/ApproveWaiver", changes(Role.APPROVER)),
            entry("WaiverService/RevokeWaiver", changes(Role.OPERATOR)),
            entry("ReportService/ComplianceReport", looks(Role.VIEWER)),
            entry("ReportService/RolloutReport", looks(Role.VIEWER)));

    private static final String PACKAGE = "drydock.v1.";

    private Permissions() {}

    /**
     * Why this user may not call this method; empty: it may.
     *
     * @param method its full name, {@code package.Service/Method}
     */
    static Optional<String> refusal(User user, String method) {
        Optional<Rule> rule = rule(method);
        if (rule.isEmpty()) {
            return Optional.of(method + " is open to nobody: it has no rule.");
        }
        Role least = rule.get().least();
        return user.role().includes(least)
                ? Optional.empty()
                : Optional.of(method.substring(method.indexOf('/') + 1) + " needs the role " + word(least) + "; user "
                        + user.name() + " is " + word(user.role()) + ".");
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

    private static Rule looks(Role least) {
        return new Rule(least, false);
    }

    private static Rule changes(Role least) {
        return new Rule(least, true);
    }

    /** @param changes whether what is on record, or what hosts do, is another afterwards */
    private record Rule(Role least, boolean changes) {}

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
