package dev.drydock.cli.declare;

import dev.drydock.cli.client.Api;
import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.CreateTeamResponse;
import dev.drydock.proto.v1.DeleteTeamRequest;
import dev.drydock.proto.v1.ListTeamsRequest;
import dev.drydock.proto.v1.NotificationSeverity;
import dev.drydock.proto.v1.QuietHours;
import dev.drydock.proto.v1.Team;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Teams. Their secrets are in no document, and the controller shows none: what it shows of a link stands for it. */
final class TeamKind implements Kind {
    static final String WORD = "Team";

    private static final String SEVERITY = "SEVERITY_";
    private static final List<Duration> NOTICES = List.of(Duration.ofHours(24), Duration.ofHours(1));
    private static final int WEEK = 7;

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public String folder() {
        return "teams";
    }

    @Override
    public Differing differing() {
        return Differing.CHANGED;
    }

    @Override
    public boolean prunable() {
        return true;
    }

    static Stream<NotificationSeverity> severities() {
        return Stream.of(NotificationSeverity.values())
                .filter(severity -> severity.name().startsWith(SEVERITY));
    }

    static String word(NotificationSeverity severity) {
        return severity.name().replace(SEVERITY, "").toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Declared> read(Reading reading) {
        TeamReader.Read read = TeamReader.read(reading);
        CreateTeamRequest request = read.request();
        return Optional.of(new Declared(
                this,
                request.getName(),
                reading.source().file(),
                read.at(),
                tree(team(request)),
                List.of(),
                new Made(request)));
    }

    /** As the controller would show it. */
    private static Team team(CreateTeamRequest request) {
        Team.Builder team = Team.newBuilder()
                .setHosts(request.getHosts())
                .addAllMail(request.getMailList())
                .setWebhook(shown(request.getWebhook()))
                .setSlack(shown(request.getSlack()))
                .putAllLeast(request.getLeastMap())
                .addAllNotices(
                        request.hasNotices()
                                ? request.getNotices().getBeforeList()
                                : NOTICES.stream().map(Times::message).toList());
        if (request.hasQuiet()) {
            team.setQuiet(request.getQuiet());
        }
        return team.build();
    }

    private static String shown(String url) {
        return url.isEmpty() ? "" : Links.shown(url);
    }

    static Map<String, Object> tree(Team team) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("hosts", team.getHosts());
        Trees.put(tree, "mail", team.getMailList());
        Trees.put(tree, "webhook", team.getWebhook());
        Trees.put(tree, "slack", team.getSlack());
        List<Duration> notices =
                team.getNoticesList().stream().map(Times::duration).toList();
        if (!notices.equals(NOTICES)) {
            tree.put(
                    "notices",
                    notices.isEmpty()
                            ? TeamReader.NEVER
                            : notices.stream().map(Units::text).toList());
        }
        Map<String, Object> least = new TreeMap<>();
        team.getLeastMap().forEach((address, severity) -> least.put(address, word(severity)));
        Trees.put(tree, "least", least);
        if (team.hasQuiet()) {
            tree.put("quiet", tree(team.getQuiet()));
        }
        return tree;
    }

    private static Map<String, Object> tree(QuietHours quiet) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("hours", ContractCover.time(quiet.getFrom()) + "-" + ContractCover.time(quiet.getTo()));
        tree.put("zone", quiet.getZone());
        List<String> days = ContractCover.days(quiet.getDaysList());
        if (days.size() < WEEK) {
            Trees.put(tree, "days", days);
        }
        return tree;
    }

    /** @param request with its secrets */
    record Made(CreateTeamRequest request) implements Declared.Making {
        /** A key that the controller makes is in its answer alone, and an answer to a pipeline is in its log. */
        @Override
        public Finding check(Api api, Optional<Present> present) {
            return Answers.finding(
                    () -> api.teams()
                            .createTeam(request.toBuilder()
                                    .setReplace(true)
                                    .setValidateOnly(true)
                                    .build()),
                    answer -> answer.getWebhookSecretMade()
                            ? Finding.refused(
                                    "spec.webhook: it is another than the team has, and there is no key for its"
                                            + " signatures; name the variable of the environment that holds one with"
                                            + " webhookSecretFromEnvironment (openssl rand -base64 32 makes one)")
                            : Finding.same(present.filter(there ->
                                            there.etag().equals(answer.getTeam().getEtag()))
                                    .isPresent()));
        }

        @Override
        public void make(Api api, Optional<Present> present) {
            CreateTeamResponse unused = api.teams()
                    .createTeam(request.toBuilder()
                            .setReplace(present.isPresent())
                            .setEtag(present.map(Present::etag).orElse(""))
                            .build());
        }

        @Override
        public String toString() {
            return "team " + request.getName();
        }
    }

    @Override
    public List<Present> present(Api api, List<Declared> declared, boolean prune) {
        return teams(api).stream()
                .map(team -> Present.of(this, team.getName(), tree(team), team.getEtag()))
                .toList();
    }

    private static List<Team> teams(Api api) {
        return api.teams().listTeams(ListTeamsRequest.getDefaultInstance()).getTeamsList();
    }

    @Override
    public void remove(Api api, Present present) {
        var unused = api.teams()
                .deleteTeam(DeleteTeamRequest.newBuilder()
                        .setName(present.name())
                        .setEtag(present.etag())
                        .build());
    }

    @Override
    public Exports export(Api api, boolean inline) {
        List<Team> teams = teams(api);
        List<String> linked = teams.stream()
                .filter(team -> !team.getWebhook().isEmpty() || !team.getSlack().isEmpty())
                .map(Team::getName)
                .toList();
        return new Exports(
                teams.stream()
                        .map(team -> Exported.document(this, team.getName(), tree(team), tree(team), Map.of()))
                        .toList(),
                linked.isEmpty()
                        ? List.of()
                        : List.of("Not written: the whole links of the teams " + String.join(", ", linked)
                                + ", and the keys of webhooks. Such a file keeps those that the controller has."));
    }
}
