package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Width;
import dev.drydock.proto.v1.GetNotificationRequest;
import dev.drydock.proto.v1.ListNotificationsRequest;
import dev.drydock.proto.v1.ListNotificationsResponse;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationState;
import dev.drydock.proto.v1.RetryNotificationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock notification}. */
@Command(
        name = "notification",
        description = "What teams were told, are to be told, and could not be told.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock notification list --state failed", "  drydock notification retry 0199f2c4d3a1"})
public final class NotificationCommands {
    private static final String ID = "The notification's id, as the list has it.";
    private static final int DEFAULT_LIMIT = 50;

    private final App app;

    public NotificationCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "list",
            description = "Lists notifications, the newest first. They are kept for 90 days.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock notification list", "  drydock notification list --state failed --team dba"})
    int list(
            @Option(names = "--team", paramLabel = "NAME", description = "Only to this team.") @Nullable String team,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "Only pending, held, sent, failed or merged ones.")
                    @Nullable
                    String state,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "" + DEFAULT_LIMIT,
                            description = "At most so many, up to 1000. Default: ${DEFAULT-VALUE}.")
                    int limit) {
        if (limit < 1 || limit > 1000) {
            throw CliException.usage("--limit: " + limit + " is not from 1 to 1000.", "Write a number from 1 to 1000.");
        }
        ListNotificationsResponse found = app.api()
                .notifications()
                .listNotifications(ListNotificationsRequest.newBuilder()
                        .setTeam(Options.orEmpty(team))
                        .setState(state(state))
                        .setPageSize(limit)
                        .build());
        Output output = app.output();
        output.answer(
                found,
                found.getNotificationsList().stream().map(Notification::getId).toList(),
                () -> {
                    Table table = Table.of("ID", "TEAM", "TO", "SEVERITY", "STATE", "CREATED", "ABOUT");
                    found.getNotificationsList()
                            .forEach(one -> table.row(
                                    one.getId(),
                                    one.getTeam(),
                                    one.getTarget(),
                                    TeamHearing.word(one.getSeverity()),
                                    word(one),
                                    output.times().relative(one.getCreatedAt()),
                                    one.getSubject()));
                    return output.list(table, "No notifications.");
                });
        if (!found.getNextPageToken().isEmpty()) {
            output.hint("There are more: --limit.");
        }
        return ExitCode.DONE;
    }

    private static NotificationState state(@Nullable String written) {
        if (written == null) {
            return NotificationState.NOTIFICATION_STATE_UNSPECIFIED;
        }
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "pending" -> NotificationState.NOTIFICATION_PENDING;
            case "sent" -> NotificationState.NOTIFICATION_SENT;
            case "failed" -> NotificationState.NOTIFICATION_FAILED;
            case "held" -> NotificationState.NOTIFICATION_HELD;
            case "merged" -> NotificationState.NOTIFICATION_MERGED;
            default ->
                throw CliException.usage(
                        "--state: '" + written + "' is no state.", "Write pending, held, sent, failed or merged.");
        };
    }

    private static String word(Notification one) {
        return switch (one.getState()) {
            case NOTIFICATION_SENT -> "sent";
            case NOTIFICATION_HELD -> one.getRepeats() == 0 ? "held" : "held, with " + one.getRepeats() + " more";
            case NOTIFICATION_MERGED -> "in " + one.getMergedInto();
            case NOTIFICATION_FAILED -> "! failed: " + Width.printable(one.getProblem());
            default -> one.getProblem().isEmpty() ? "pending" : "pending: " + Width.printable(one.getProblem());
        };
    }

    @Command(
            name = "show",
            description = "Shows one notification and what it says.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock notification show 0199f2c4d3a1",
                "  drydock notification show 0199f2c4d3a1 --output json"
            })
    int show(@Parameters(paramLabel = "ID", description = ID) String id) {
        Notification one = app.api()
                .notifications()
                .getNotification(GetNotificationRequest.newBuilder().setId(id).build());
        Output output = app.output();
        output.answer(one, List.of(id), () -> {
            Table table = Table.plain();
            table.row("id", one.getId());
            table.row("team", one.getTeam());
            table.row("to", one.getTarget());
            table.row("severity", TeamHearing.word(one.getSeverity()));
            table.row("state", word(one));
            table.row("attempts", String.valueOf(one.getAttempts()));
            table.row("created", output.times().atAndRelative(one.getCreatedAt()));
            table.row("sent", output.times().atAndRelative(one.getSentAt()));
            table.row("next attempt", output.times().atAndRelative(one.getNextAttemptAt()));
            table.row("tried until", output.times().atAndRelative(one.getExpiresAt()));
            table.row("subject", one.getSubject());
            List<String> lines = new ArrayList<>(output.render(table));
            lines.add("");
            one.getText().lines().map(Width::printable).forEach(lines::add);
            return lines;
        });
        return ExitCode.DONE;
    }

    @Command(
            name = "retry",
            description = "Tries one again that was given up, for a day; one that waits or is held is tried at once.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock notification retry 0199f2c4d3a1"})
    int retry(@Parameters(paramLabel = "ID", description = ID) String id) {
        Notification one = app.api()
                .notifications()
                .retryNotification(
                        RetryNotificationRequest.newBuilder().setId(id).build());
        app.output()
                .answer(
                        one,
                        List.of(id),
                        () -> List.of(
                                switch (one.getState()) {
                                    case NOTIFICATION_SENT -> "It was sent already.";
                                    case NOTIFICATION_MERGED -> "It is said with " + one.getMergedInto() + ".";
                                    default -> one.getTarget() + ": tried again now.";
                                }));
        return ExitCode.DONE;
    }
}
