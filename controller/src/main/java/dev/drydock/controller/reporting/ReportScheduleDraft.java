package dev.drydock.controller.reporting;

import dev.drydock.controller.team.InvalidTeamException;
import dev.drydock.controller.team.Team;
import dev.drydock.controller.team.TeamDraft;
import dev.drydock.controller.team.Webhook;
import dev.drydock.controller.team.WebhookSecret;
import dev.drydock.controller.window.Occurrences;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A schedule as somebody wrote it.
 *
 * @param filter CEL over {@code host}, of compliance; empty: all
 * @param contract whose report it is; empty where it is none of a contract
 * @param webhook empty: none
 * @param secret of the webhook; empty: not given
 */
public record ReportScheduleDraft(
        String name,
        ReportKind kind,
        String filter,
        String contract,
        ReportFormat format,
        String rrule,
        String start,
        String zone,
        List<String> mail,
        String webhook,
        String secret,
        List<String> teams,
        boolean paused) {
    private static final int MOST_TEAMS = 20;

    /** @param since when that user was made */
    public record Owner(String name, Instant since) {}

    /**
     * @param id of the one to be
     * @param kept the webhook of the one whose place it takes
     * @throws InvalidReportScheduleException with every problem found
     */
    ReportSchedule validate(String id, Owner owner, Instant now, Optional<Webhook> kept, Supplier<WebhookSecret> made)
            throws InvalidReportScheduleException {
        List<String> problems = new ArrayList<>();
        Optional<Team> addresses = addresses(now, kept, made, problems);
        Optional<Occurrences> times = Occurrences.of(rrule, start, zone, problems);
        what(problems);
        teams(problems);
        if (mail.isEmpty() && webhook.isBlank() && teams.isEmpty()) {
            problems.add("mail, webhook, teams: none is given; expected somebody who gets the report");
        }
        if (!problems.isEmpty() || times.isEmpty() || addresses.isEmpty()) {
            throw new InvalidReportScheduleException(problems);
        }
        return new ReportSchedule(
                id,
                name,
                kind,
                kind == ReportKind.CONTRACT ? contract : filter.strip(),
                format,
                times.get(),
                new Recipients(
                        addresses.get().mail(),
                        addresses.get().webhook(),
                        teams.stream().distinct().sorted().toList()),
                owner.name(),
                owner.since(),
                paused,
                now,
                now);
    }

    /** Addresses are such as a team may have, by the same rules; a webhook that is shown without its path is the one that it has. */
    private Optional<Team> addresses(
            Instant now, Optional<Webhook> kept, Supplier<WebhookSecret> made, List<String> problems) {
        try {
            return Optional.of(new TeamDraft(name, "true", mail, webhook, secret, Optional.of(List.of()), false, "")
                    .validate(now, kept, Optional.empty(), made));
        } catch (InvalidTeamException e) {
            problems.addAll(String.valueOf(e.getMessage()).lines().toList());
            return Optional.empty();
        }
    }

    private void what(List<String> problems) {
        if (kind == ReportKind.CONTRACT) {
            if (contract.isBlank()) {
                problems.add("contract: is empty; expected the name of the contract that is reported on");
            }
            if (!filter.isBlank()) {
                problems.add("filter: '" + filter + "'; the hosts of a contract's report are those of the contract");
            }
            return;
        }
        if (!contract.isBlank()) {
            problems.add("contract: '" + contract + "'; expected none for a report of compliance");
        }
        if (!filter.isBlank()) {
            try {
                Expressions.compile(filter.strip());
            } catch (InvalidExpressionException e) {
                problems.add("filter: " + e.getMessage());
            }
        }
    }

    private void teams(List<String> problems) {
        if (teams.size() > MOST_TEAMS) {
            problems.add("teams: " + teams.size() + "; expected at most " + MOST_TEAMS);
        }
    }
}
