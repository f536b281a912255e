package dev.drydock.controller.store;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.HostScopes;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.User;
import dev.drydock.controller.security.UserStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Users and their grants in SQL. */
public final class SqlUsers implements UserStore {
    private static final String JOINED = """
            SELECT users.name, users.created_at, user_grants.role, user_grants.hosts
            FROM users LEFT JOIN user_grants ON user_grants.user_name = users.name
            """;

    private final Store store;
    private final HostScopes scopes = new HostScopes();

    public SqlUsers(Store store) {
        this.store = store;
    }

    @Override
    public List<User> list() {
        return store.read(
                handle -> users(handle.createQuery(JOINED + "ORDER BY users.name, user_grants.role, user_grants.hosts")
                        .map((row, context) -> row(row))
                        .list()));
    }

    @Override
    public Optional<User> find(String name) {
        return store.read(handle -> find(handle, name));
    }

    Optional<User> find(Handle handle, String name) {
        return users(handle.createQuery(
                                JOINED + "WHERE users.name = :name ORDER BY user_grants.role, user_grants.hosts")
                        .bind("name", name)
                        .map((row, context) -> row(row))
                        .list())
                .stream()
                .findFirst();
    }

    @Override
    public boolean add(User user) {
        return store.writeNow(handle -> {
            int added = handle.createUpdate("""
                            INSERT INTO users (name, created_at) VALUES (:name, :at) ON CONFLICT (name) DO NOTHING
                            """)
                    .bind("name", user.name())
                    .bind("at", Columns.micros(user.createdAt()))
                    .execute();
            if (added > 0) {
                user.grants().forEach(grant -> grant(handle, user.name(), grant));
            }
            return added > 0;
        });
    }

    @Override
    public void grant(String name, Grant grant) {
        store.writeNow(handle -> grant(handle, name, grant));
    }

    private static int grant(Handle handle, String name, Grant grant) {
        return handle.createUpdate("""
                        INSERT INTO user_grants (user_name, role, hosts) VALUES (:name, :role, :hosts)
                        ON CONFLICT (user_name, role, hosts) DO NOTHING
                        """)
                .bind("name", name)
                .bind("role", grant.role().name())
                .bind("hosts", grant.hosts().expression())
                .execute();
    }

    @Override
    public void ungrant(String name, Grant grant) {
        int unused = store.writeNow(handle -> handle.createUpdate(
                        "DELETE FROM user_grants WHERE user_name = :name AND role = :role AND hosts = :hosts")
                .bind("name", name)
                .bind("role", grant.role().name())
                .bind("hosts", grant.hosts().expression())
                .execute());
    }

    @Override
    public boolean remove(String name) {
        return store.writeNow(handle -> handle.createUpdate("DELETE FROM users WHERE name = :name")
                        .bind("name", name)
                        .execute())
                > 0;
    }

    HostScopes scopes() {
        return scopes;
    }

    private List<User> users(List<Row> rows) {
        Map<String, List<Row>> byName = new LinkedHashMap<>();
        rows.forEach(row ->
                byName.computeIfAbsent(row.name(), any -> new ArrayList<>()).add(row));
        return byName.values().stream()
                .map(own -> new User(
                        own.getFirst().name(),
                        own.getFirst().createdAt(),
                        own.stream().flatMap(row -> row.grant().stream()).toList()))
                .toList();
    }

    private Row row(ResultSet row) throws SQLException {
        String role = row.getString("role");
        return new Row(
                row.getString("name"),
                Columns.instant(row, "created_at"),
                role == null
                        ? Optional.empty()
                        : scopes.of(row.getString("hosts")).map(hosts -> new Grant(Role.valueOf(role), hosts)));
    }

    private record Row(String name, Instant createdAt, Optional<Grant> grant) {}
}
