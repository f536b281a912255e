package dev.drydock.controller.store;

import dev.drydock.controller.team.Team;
import dev.drydock.controller.team.TeamStore;
import dev.drydock.controller.team.Webhook;
import dev.drydock.controller.team.WebhookSecret;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
                        INSERT INTO teams (name, hosts, mail, webhook, webhook_secret, notices, created_at)
                        VALUES (:name, :hosts, :mail, :webhook, :secret, :notices, :created)
                        ON CONFLICT (name) DO UPDATE SET hosts = excluded.hosts, mail = excluded.mail,
                          webhook = excluded.webhook, webhook_secret = excluded.webhook_secret,
                          notices = excluded.notices, created_at = excluded.created_at
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
                parts(row.getString("notices"), ",")
                        .map(micros -> Duration.of(Long.parseLong(micros), ChronoUnit.MICROS))
                        .toList(),
                Columns.instant(row, "created_at"));
    }

    private static Stream<String> parts(String text, String separator) {
        return text.isEmpty() ? Stream.empty() : Stream.of(text.split(separator, -1));
    }
}
