package dev.drydock.controller.store;

import dev.drydock.controller.calendar.Calendar;
import dev.drydock.controller.calendar.CalendarStore;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Calendars in SQL. */
public final class SqlCalendars implements CalendarStore {
    private final Store store;

    public SqlCalendars(Store store) {
        this.store = store;
    }

    @Override
    public List<Calendar> all() {
        return store.read(handle -> handle.createQuery("SELECT * FROM calendars ORDER BY name")
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public Optional<Calendar> insert(Calendar calendar) {
        return store.writeNow(handle -> {
            Optional<Calendar> there = find(handle, calendar.name());
            if (there.isEmpty()) {
                bind(handle.createUpdate("""
                                INSERT INTO calendars (name, url, zone, content, etag, created_at, read_at, tried_at,
                                  problem, failing_since)
                                VALUES (:name, :url, :zone, :content, :etag, :created, :read, :tried, :problem, :failing)
                                """), calendar).execute();
            }
            return there;
        });
    }

    @Override
    public void replace(Calendar calendar) {
        int unused = store.writeNow(handle -> update(handle, calendar, "TRUE"));
    }

    @Override
    public boolean refreshed(Calendar calendar) {
        return store.writeNow(handle -> update(handle, calendar, "url = :url AND zone = :zone") > 0);
    }

    private static int update(Handle handle, Calendar calendar, String condition) {
        return bind(handle.createUpdate("""
                        UPDATE calendars SET url = :url, zone = :zone, content = :content, etag = :etag,
                          created_at = :created, read_at = :read, tried_at = :tried, problem = :problem,
                          failing_since = :failing
                        WHERE name = :name AND\s""" + condition), calendar).execute();
    }

    @Override
    public List<String> usersOf(String name) {
        return store.read(handle -> usersOf(handle, name));
    }

    private static List<String> usersOf(Handle handle, String name) {
        return handle.createQuery("""
                        SELECT 'window ' || name FROM windows WHERE ',' || calendars || ',' LIKE :named ESCAPE '!'
                        UNION ALL
                        SELECT 'rollout ' || name FROM rollouts
                        WHERE live = TRUE AND ',' || window_calendars || ',' LIKE :named ESCAPE '!'
                        UNION ALL
                        SELECT 'contract ' || name FROM contracts WHERE ',' || calendars || ',' LIKE :named ESCAPE '!'
                        ORDER BY 1
                        """)
                .bind("named", "%," + name.replace("_", "!_") + ",%")
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<String> delete(String name) {
        return store.writeNow(handle -> {
            List<String> users = usersOf(handle, name);
            if (users.isEmpty()) {
                handle.createUpdate("DELETE FROM calendars WHERE name = :name")
                        .bind("name", name)
                        .execute();
            }
            return users;
        });
    }

    private static Optional<Calendar> find(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM calendars WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> read(row))
                .findOne();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Calendar calendar) {
        return statement
                .bind("name", calendar.name())
                .bind("url", calendar.url().map(URI::toString).orElse(""))
                .bind("zone", calendar.zone().map(ZoneId::getId).orElse(""))
                .bind("content", calendar.content().orElse(null))
                .bind("etag", calendar.etag())
                .bind("created", Columns.micros(calendar.createdAt()))
                .bind("read", Columns.micros(calendar.readAt()))
                .bind("tried", Columns.micros(calendar.triedAt()))
                .bind("problem", calendar.problem())
                .bind("failing", Columns.micros(calendar.failingSince()));
    }

    private static Calendar read(ResultSet row) throws SQLException {
        String url = row.getString("url");
        String zone = row.getString("zone");
        return new Calendar(
                row.getString("name"),
                url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url)),
                zone.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(zone)),
                Optional.ofNullable(row.getString("content")),
                row.getString("etag"),
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "read_at"),
                Columns.optionalInstant(row, "tried_at"),
                row.getString("problem"),
                Columns.optionalInstant(row, "failing_since"));
    }
}
