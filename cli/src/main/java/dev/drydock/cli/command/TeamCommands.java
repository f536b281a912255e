package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.CreateTeamResponse;
import dev.drydock.proto.v1.DeleteTeamRequest;
import dev.drydock.proto.v1.GetTeamRequest;
import dev.drydock.proto.v1.ListTeamsRequest;
import dev.drydock.proto.v1.ListTeamsResponse;
import dev.drydock.proto.v1.Notices;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.Team;
import dev.drydock.proto.v1.TestTeamRequest;
import dev.drydock.proto.v1.TestTeamResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock team}. */
@Command(
        name = "team",
        description = "Teams: who owns which hosts, and is told what is done to them and what became of it.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock team list", "  drydock team test dba"})
public final class TeamCommands {
    private static final String NAME = "The team's name.";
    private static final String NEVER = "none";

    private final App app;

    public TeamCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "create",
            description = {
                "Makes a team, the owner of the hosts that its selector selects. A host may have more than one owner.",
                "Before a window in which a rollout will change its hosts, each address of the team is told what will be"
                        + " changed and when; later what became of it, and of incidents, silent hosts and"
                        + " certificates that end."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock team create dba --hosts 'host.labels.role == \"db\"' --mail dba@example.com",
                "  drydock team create shop --hosts 'host.labels.client == \"shop\"' \\",
                "      --webhook https://shop.example.com/hook",
                "  drydock team create night --hosts 'host.labels.critical == \"yes\"' --mail night@example.com \\",
                "      --notice 48h --notice 2h --least night@example.com=critical --replace",
                "  drydock team create web --hosts 'host.labels.role == \"web\"' --slack-file slack.url \\",
                "      --quiet-hours 20:00-08:00 --quiet-zone Europe/Berlin"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(
                            names = "--hosts",
                            required = true,
                            paramLabel = "CEL",
                            description = "The hosts that it owns: CEL over host.")
                    String hosts,
            @Option(
                            names = "--mail",
                            paramLabel = "ADDRESS",
                            description = "An address that is told; may be given more than once.")
                    @Nullable
                    List<String> mail,
            @Option(
                            names = "--webhook",
                            paramLabel = "URL",
                            description =
                                    "Where it is told by HTTP POST, signed: https, or http on the controller's own machine.")
                    @Nullable
                    String webhook,
            @Option(
                            names = "--webhook-secret-file",
                            paramLabel = "FILE",
                            description =
                                    "Its first line is the key of the signatures (24 to 64 bytes in Base64); - reads standard"
                                            + " input. Default: the one that it has, else the controller makes one and it is"
                                            + " printed, once.")
                    @Nullable
                    String secretFile,
            @Option(
                            names = "--slack-file",
                            paramLabel = "FILE",
                            description =
                                    "Its first line is the URL of an incoming webhook of Slack, or of what takes the same"
                                            + " (Mattermost); - reads standard input. All of it is a secret.")
                    @Nullable
                    String slackFile,
            @Option(
                            names = "--least",
                            paramLabel = "ADDRESS=SEVERITY",
                            description =
                                    "From which severity on an address is told: info, warning or critical. ADDRESS: a mail"
                                            + " address, webhook or slack. May be given more than once. Default: all.")
                    @Nullable
                    List<String> least,
            @Option(
                            names = "--quiet-hours",
                            paramLabel = "FROM-TO",
                            description =
                                    "Hours in which it is told only what is critical; the rest comes at their end, in one"
                                            + " message. Default: none.")
                    @Nullable
                    String quiet,
            @Option(
                            names = "--quiet-days",
                            paramLabel = "DAY",
                            split = ",",
                            description = "On which quiet hours begin: friday,saturday… Default: all.")
                    @Nullable
                    List<String> quietDays,
            @Option(
                            names = "--quiet-zone",
                            paramLabel = "ZONE",
                            description = "IANA time zone of quiet hours. Default: yours.")
                    @Nullable
                    String quietZone,
            @Option(
                            names = "--notice",
                            paramLabel = "TIME",
                            description =
                                    "How long before a window it is told; may be given more than once. Default: 24h and 1h; none: never.")
                    @Nullable
                    List<String> notices,
            @Option(names = "--replace", description = "Put it in the place of the team of that name.")
                    boolean replace) {
        CreateTeamRequest.Builder request = CreateTeamRequest.newBuilder()
                .setName(name)
                .setHosts(hosts)
                .addAllMail(mail == null ? List.of() : mail)
                .setWebhook(Options.orEmpty(webhook))
                .setWebhookSecret(
                        secretFile == null
                                ? ""
                                : TeamHearing.secret(app, "--webhook-secret-file", secretFile, "the key"))
                .setSlack(slackFile == null ? "" : TeamHearing.secret(app, "--slack-file", slackFile, "the URL"))
                .putAllLeast(TeamHearing.least(Options.all(least)))
                .setReplace(replace);
        TeamHearing.quiet(quiet, Options.all(quietDays), quietZone, app.times().zone())
                .ifPresent(request::setQuiet);
        if (notices != null) {
            request.setNotices(notices(notices));
        }
        CreateTeamResponse made = app.api().teams().createTeam(request.build());
        Output output = app.output();
        boolean secret = !made.getWebhookSecret().isEmpty();
        output.answer(
                made, List.of(secret ? made.getWebhookSecret() : made.getTeam().getName()), () -> {
                    List<String> lines = new ArrayList<>(List.of("Team " + name + "."));
                    made.getTeam().getWarningsList().forEach(warning -> lines.add("! " + warning));
                    if (secret) {
                        lines.add("key of the webhook's signatures: " + made.getWebhookSecret());
                    }
                    return lines;
                });
        if (secret) {
            output.hint("The key is shown only now; the receiver checks the header webhook-signature with it.");
        }
        output.hint("To try its addresses: drydock team test " + name);
        return ExitCode.DONE;
    }

    private static Notices notices(List<String> written) {
        Notices.Builder notices = Notices.newBuilder();
        if (!written.equals(List.of(NEVER))) {
            written.forEach(one -> notices.addBefore(Times.message(Options.duration("--notice", one))));
        }
        return notices.build();
    }

    @Command(
            name = "list",
            description = "Lists the teams and how they are told.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock team list", "  drydock team list --output json"})
    int list() {
        ListTeamsResponse teams = app.api().teams().listTeams(ListTeamsRequest.getDefaultInstance());
        Output output = app.output();
        output.answer(teams, teams.getTeamsList().stream().map(Team::getName).toList(), () -> {
            Table table = Table.of("NAME", "HOSTS", "TOLD BY", "NOTICES", "");
            teams.getTeamsList()
                    .forEach(team -> table.row(
                            team.getName(),
                            team.getHosts(),
                            TeamView.addresses(team),
                            TeamView.notices(team),
                            team.getWarningsCount() > 0 ? "! " + team.getWarnings(0) : ""));
            return output.list(table, "No teams. Make one with drydock team create.");
        });
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Shows one team and the hosts that it owns now.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock team show dba", "  drydock team show dba --output yaml"})
    int show(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        Team team = app.api()
                .teams()
                .getTeam(GetTeamRequest.newBuilder().setName(name).build());
        Output output = app.output();
        output.answer(team, List.of(name), () -> TeamView.whole(team, output));
        return ExitCode.DONE;
    }

    @Command(
            name = "test",
            description = "Sends a trial to each address of a team.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock team test dba", "  drydock notification list --team dba"})
    int test(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        TestTeamResponse trial = app.api()
                .teams()
                .testTeam(TestTeamRequest.newBuilder().setName(name).build());
        Output output = app.output();
        List<Notification> sent = trial.getNotificationsList();
        output.answer(trial, sent.stream().map(Notification::getId).toList(), () -> sent.stream()
                .map(one -> one.getTarget() + ": on its way")
                .toList());
        output.hint("What becomes of it: drydock notification list --team " + name);
        return ExitCode.DONE;
    }

    @Command(
            name = "delete",
            description = "Deletes a team. What it was to be told and was not yet is given up.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock team delete dba", "  drydock team delete dba --yes"})
    int delete(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Delete team " + name + "?");
        var deleted = app.api()
                .teams()
                .deleteTeam(DeleteTeamRequest.newBuilder().setName(name).build());
        app.output().answer(deleted, List.of(name), () -> List.of("Team " + name + " is deleted."));
        return ExitCode.DONE;
    }
}
