package dev.drydock.controller.store;

import dev.drydock.controller.team.ChatHook;
import dev.drydock.controller.team.Listening;
import dev.drydock.controller.team.QuietHours;
import dev.drydock.controller.team.Severity;
import dev.drydock.controller.team.Team;
import dev.drydock.controller.team.TeamStore;
import dev.drydock.controller.team.Webhook;
import dev.drydock.controller.team.WebhookSecret;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Teams in SQL. */
public final class SqlTeams implements TeamStore {
    private final Store store;

    public SqlTeams(Store store) {
        this.store = store;
    }

    @Override
    public List<Team> all() {
        return store.read(handle -> handle.createQuery("SELECT * FROM teams ORDER BY name")
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public void put(Team team) {
        int unused = store.writeNow(handle -> handle.createUpdate("""
                        INSERT INTO teams (name, hosts, mail, webhook, webhook_secret, chat, notices, least, quiet, created_at)
                        VALUES (:name, :hosts, :mail, :webhook, :secret, :chat, :notices, :least, :quiet, :created)
                        ON CONFLICT (name) DO UPDATE SET hosts = excluded.hosts, mail = excluded.mail,
                          webhook = excluded.webhook, webhook_secret = excluded.webhook_secret,
                          chat = excluded.chat, notices = excluded.notices, least = excluded.least,
                          quiet = excluded.quiet, created_at = excluded.created_at
                        """)
                .bind("name", team.name())
                .bind("hosts", team.hosts())
                .bind("mail", String.join("\n", team.mail()))
                .bind(
                        "webhook",
                        team.webhook().map(hook -> hook.url().toString()).orElse(""))
                .bind(
                        "secret",
                        team.webhook().map(hook -> hook.secret().base64()).orElse(""))
                .bind(
                        "notices",
                        team.notices().stream()
                                .map(before -> String.valueOf(before.dividedBy(ChronoUnit.MICROS.getDuration())))
                                .collect(Collectors.joining(",")))
                .bind("chat", team.chat().map(hook -> hook.url().toString()).orElse(""))
                .bind(
                        "least",
                        Columns.json(team.listening().least().entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                                        .name()))))
                .bind("quiet", team.listening().quiet().map(SqlTeams::written).orElse(""))
                .bind("created", Columns.micros(team.createdAt()))
                .execute());
    }

    @Override
    public void delete(String name) {
        int unused = store.writeNow(handle -> handle.createUpdate("DELETE FROM teams WHERE name = :name")
                .bind("name", name)
                .execute());
    }

    private static Team read(ResultSet row) throws SQLException {
        String url = row.getString("webhook");
        return new Team(
                row.getString("name"),
                row.getString("hosts"),
                parts(row.getString("mail"), "\n").toList(),
                url.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Webhook(URI.create(url), new WebhookSecret(row.getString("webhook_secret")))),
                Optional.of(row.getString("chat"))
                        .filter(hook -> !hook.isEmpty())
                        .map(hook -> new ChatHook(URI.create(hook))),
                parts(row.getString("notices"), ",")
                        .map(micros -> Duration.of(Long.parseLong(micros), ChronoUnit.MICROS))
                        .toList(),
                new Listening(least(row), quiet(row.getString("quiet"))),
                Columns.instant(row, "created_at"));
    }

    private static Map<String, Severity> least(ResultSet row) throws SQLException {
        return row.getString("least").isEmpty()
                ? Map.of()
                : Columns.map(row, "least").entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Severity.valueOf(entry.getValue())));
    }

    private static String written(QuietHours quiet) {
        return quiet.zone().getId() + " "
                + quiet.sortedDays().stream().map(DayOfWeek::name).collect(Collectors.joining(",")) + " "
                + quiet.from() + " " + quiet.to();
    }

    private static Optional<QuietHours> quiet(String written) {
        List<String> all = parts(written, " ").toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new QuietHours(
                        ZoneId.of(all.get(0)),
                        parts(all.get(1), ",").map(DayOfWeek::valueOf).collect(Collectors.toSet()),
                        LocalTime.parse(all.get(2)),
                        LocalTime.parse(all.get(3))));
    }

    private static Stream<String> parts(String text, String separator) {
        return text.isEmpty() ? Stream.empty() : Stream.of(text.split(separator, -1));
    }
}
