package dev.drydock.cli.command;

import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.QuietHours;
import dev.drydock.proto.v1.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Teams as people read them. */
final class TeamView {
    private TeamView() {}

    static String addresses(Team team) {
        List<String> all = new ArrayList<>(team.getMailList());
        if (!team.getWebhook().isEmpty()) {
            all.add(team.getWebhook());
        }
        if (!team.getSlack().isEmpty()) {
            all.add(team.getSlack() + " (chat)");
        }
        return all.isEmpty() ? "nothing" : String.join(", ", all);
    }

    static String notices(Team team) {
        return team.getNoticesCount() == 0
                ? "never"
                : String.join(
                                ", ",
                                team.getNoticesList().stream()
                                        .map(before -> Times.rough(Times.duration(before)))
                                        .toList())
                        + " before";
    }

    static List<String> whole(Team team, Output output) {
        Table table = Table.plain();
        table.row("name", team.getName());
        table.row("hosts", team.getHosts());
        table.row("told by", addresses(team));
        table.row("notices", notices(team));
        new TreeMap<>(team.getLeastMap())
                .forEach((address, severity) -> table.row("at least", address + " from " + TeamHearing.word(severity)));
        table.row("quiet", team.hasQuiet() ? quiet(team.getQuiet()) : "never");
        table.row("created", output.times().atAndRelative(team.getCreatedAt()));
        table.row(
                "owns",
                team.getOwnedHostsCount() == 0
                        ? "no host"
                        : team.getOwnedHostsCount() + ": " + RolloutText.some(team.getOwnedHostsList(), 20));
        List<String> lines = new ArrayList<>(output.render(table));
        team.getWarningsList().forEach(warning -> lines.add("! " + warning));
        return lines;
    }

    private static String quiet(QuietHours quiet) {
        String days = quiet.getDaysCount() == 7
                ? "every day"
                : String.join(
                        ", ",
                        quiet.getDaysList().stream()
                                .map(day -> day.toLowerCase(Locale.ROOT))
                                .toList());
        return quiet.getFrom() + "-" + quiet.getTo() + " " + quiet.getZone() + ", " + days;
    }
}
