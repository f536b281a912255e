package dev.drydock.controller.api;

import static java.util.Map.entry;

import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.User;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which role each method asks for at least. A method that is not in the table is nobody's. */
final class Permissions {
    private static final Map<String, Role> LEAST = Map.ofEntries(
            entry("SystemService/GetVersion", Role.VIEWER),
            entry("UserService/CreateUser", Role.ADMIN),
            entry("UserService/ListUsers", Role.VIEWER),
            entry("UserService/RemoveUser", Role.ADMIN),
            entry("TokenService/CreateToken", Role.ADMIN),
            entry("TokenService/ListTokens", Role.OPERATOR),
            entry("TokenService/RevokeToken", Role.ADMIN),
            entry("HostService/ListHosts", Role.VIEWER),
            entry("HostService/GetHost", Role.VIEWER),
            entry("HostService/LabelHost", Role.OPERATOR),
            entry("HostService/DrainHost", Role.OPERATOR),
            entry("HostService/ClearClone", Role.ADMIN),
            entry("HostService/RevokeHost", Role.ADMIN),
            entry("HostService/RefreshFacts", Role.OPERATOR),
            entry("PlaybookService/PushPlaybook", Role.OPERATOR),
            entry("PlaybookService/ListPlaybooks", Role.VIEWER),
            entry("PlaybookService/GetPlaybook", Role.VIEWER),
            entry("PlaybookService/PinSigner", Role.ADMIN),
            entry("PlaybookService/ListSigners", Role.VIEWER),
            entry("ArtifactService/PushArtifact", Role.OPERATOR),
            entry("ArtifactService/ListArtifacts", Role.VIEWER),
            entry("ArtifactService/GetArtifact", Role.VIEWER),
            entry("ArtifactService/DeleteArtifact", Role.OPERATOR),
            entry("WindowService/CreateWindow", Role.OPERATOR),
            entry("WindowService/ListWindows", Role.VIEWER),
            entry("WindowService/GetWindow", Role.VIEWER),
            entry("WindowService/DeleteWindow", Role.OPERATOR),
            entry("WindowService/NextOpenings", Role.VIEWER),
            entry("RolloutService/PlanRollout", Role.OPERATOR),
            entry("RolloutService/ApplyRollout", Role.OPERATOR),
            entry("WindowService/SimulateWindow", Role.VIEWER),
            entry("WindowService/ExportWindows", Role.VIEWER),
            entry("WindowService/CreateWindowFeed", Role.OPERATOR),
            entry("WindowService/RevokeWindowFeeds", Role.OPERATOR),
            entry("CalendarService/CreateCalendar", Role.OPERATOR),
            entry("CalendarService/ListCalendars", Role.VIEWER),
            entry("CalendarService/GetCalendar", Role.VIEWER),
            entry("CalendarService/DeleteCalendar", Role.OPERATOR),
            entry("CalendarService/RefreshCalendar", Role.OPERATOR),
            entry("CalendarService/ExportCalendar", Role.VIEWER),
            entry("TeamService/CreateTeam", Role.OPERATOR),
            entry("TeamService/ListTeams", Role.VIEWER),
            entry("TeamService/GetTeam", Role.VIEWER),
            entry("TeamService/DeleteTeam", Role.OPERATOR),
            entry("TeamService/TestTeam", Role.OPERATOR),
            entry("NotificationService/ListNotifications", Role.VIEWER),
            entry("NotificationService/GetNotification", Role.VIEWER),
            entry("NotificationService/RetryNotification", Role.OPERATOR),
            entry("RolloutService/CreateRollout", Role.OPERATOR),
            entry("RolloutService/ListRollouts", Role.VIEWER),
            entry("RolloutService/GetRollout", Role.VIEWER),
            entry("RolloutService/PauseRollout", Role.OPERATOR),
            entry("RolloutService/ResumeRollout", Role.OPERATOR),
            entry("RolloutService/AbortRollout", Role.OPERATOR),
            entry("RolloutService/RetryRollout", Role.OPERATOR),
            entry("RolloutService/ApproveRollout", Role.APPROVER),
            entry("RolloutService/WatchRollout", Role.VIEWER),
            entry("RunService/GetRun", Role.VIEWER),
            entry("RunService/ListRuns", Role.VIEWER),
            entry("RunService/CancelRun", Role.OPERATOR),
            entry("RunService/StreamOutput", Role.VIEWER),
            // Changes nothing, but takes the controller's processor.
            entry("SimulationService/Simulate", Role.OPERATOR),
            entry("ReportService/ComplianceReport", Role.VIEWER),
            entry("ReportService/RolloutReport", Role.VIEWER));

    private static final String PACKAGE = "drydock.v1.";

    private Permissions() {}

    /**
     * Why this user may not call this method; empty: it may.
     *
     * @param method its full name, {@code package.Service/Method}
     */
    static Optional<String> refusal(User user, String method) {
        @Nullable Role least = covers(method) ? LEAST.get(method.substring(PACKAGE.length())) : null;
        if (least == null) {
            return Optional.of(method + " is open to nobody: it has no rule.");
        }
        return user.role().includes(least)
                ? Optional.empty()
                : Optional.of(method.substring(method.indexOf('/') + 1) + " needs the role " + word(least) + "; user "
                        + user.name() + " is " + word(user.role()) + ".");
    }

    /** Whether the table has this method, by its full name. */
    static boolean covers(String fullMethodName) {
        return fullMethodName.startsWith(PACKAGE) && LEAST.containsKey(fullMethodName.substring(PACKAGE.length()));
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
