package dev.drydock.controller.store;

import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.notify.Notification.State;
import dev.drydock.controller.notify.NotificationStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Notifications in SQL. */
public final class SqlNotifications implements NotificationStore {
    private final Store store;

    public SqlNotifications(Store store) {
        this.store = store;
    }

    @Override
    public List<Notification> add(List<Notification> notifications, Placing placing) {
        return store.writeNow(handle -> notifications.stream()
                .filter(one -> unknown(handle, one))
                .map(one -> place(handle, one, placing))
                .toList());
    }

    private static boolean unknown(Handle handle, Notification one) {
        return handle.createQuery("""
                                SELECT COUNT(*) FROM notifications
                                WHERE about = :about AND team = :team AND channel = :channel AND target = :target
                                """)
                        .bind("about", one.message().about())
                        .bind("team", one.team())
                        .bind("channel", one.channel().name())
                        .bind("target", one.target())
                        .mapTo(Integer.class)
                        .one()
                == 0;
    }

    private static Notification place(Handle handle, Notification one, Placing placing) {
        Placed placed = placing.place(one, last(handle, one));
        NotificationRows.insert(handle, placed.fresh());
        placed.waiting().ifPresent(waiting -> NotificationRows.update(handle, waiting, "state = 'HELD'"));
        return placed.fresh();
    }

    private static Optional<Notification> last(Handle handle, Notification one) {
        return handle.createQuery("""
                        SELECT * FROM notifications
                        WHERE topic <> '' AND topic = :topic AND team = :team AND channel = :channel AND target = :target
                          AND state IN ('PENDING', 'SENT', 'HELD')
                        ORDER BY created_at DESC, id DESC LIMIT 1
                        """)
                .bind("topic", one.message().topic())
                .bind("team", one.team())
                .bind("channel", one.channel().name())
                .bind("target", one.target())
                .map((row, context) -> NotificationRows.read(row))
                .findOne();
    }

    @Override
    public void release(Instant now, Releasing releasing) {
        if (held(now).isEmpty()) {
            return;
        }
        int unused = store.writeNow(handle -> {
            Map<List<Object>, List<Notification>> byAddress = held(handle, now).stream()
                    .collect(Collectors.groupingBy(
                            one -> List.of(one.team(), one.channel(), one.target()),
                            LinkedHashMap::new,
                            Collectors.toList()));
            byAddress.values().forEach(held -> {
                Released released = releasing.release(held);
                released.all().ifPresent(all -> NotificationRows.insert(handle, all));
                released.changed().forEach(one -> NotificationRows.update(handle, one, "state = 'HELD'"));
            });
            return byAddress.size();
        });
    }

    private List<Notification> held(Instant now) {
        return store.read(handle -> held(handle, now));
    }

    private static List<Notification> held(Handle handle, Instant now) {
        return handle.createQuery("""
                        SELECT * FROM notifications WHERE state = 'HELD' AND next_attempt <= :now ORDER BY created_at, id
                        """)
                .bind("now", Columns.micros(now))
                .map((row, context) -> NotificationRows.read(row))
                .list();
    }

    @Override
    public List<Notification> due(Instant now, int most) {
        return store.read(handle -> handle.createQuery("""
                        SELECT * FROM notifications WHERE state = 'PENDING' AND next_attempt <= :now
                        ORDER BY next_attempt, id LIMIT :most
                        """)
                .bind("now", Columns.micros(now))
                .bind("most", most)
                .map((row, context) -> NotificationRows.read(row))
                .list());
    }

    @Override
    public boolean attempted(Notification after) {
        return store.writeNow(handle -> NotificationRows.update(handle, after, "state = 'PENDING'") > 0);
    }

    @Override
    public Optional<Notification> retry(String id, Instant now, Instant expires) {
        return store.writeNow(handle -> {
            Optional<Notification> there = find(handle, id);
            there.filter(one -> one.state() != State.SENT && one.state() != State.MERGED)
                    .ifPresent(one -> {
                        Instant until = one.message().expiresAt();
                        NotificationRows.update(
                                handle,
                                one.again(now, until.isAfter(expires) ? until : expires),
                                "state NOT IN ('SENT', 'MERGED')");
                    });
            return there.isEmpty() ? there : find(handle, id);
        });
    }

    @Override
    public Optional<Notification> find(String id) {
        return store.read(handle -> find(handle, id));
    }

    private static Optional<Notification> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM notifications WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> NotificationRows.read(row))
                .findOne();
    }

    @Override
    public List<Notification> list(Optional<String> team, Optional<State> state, Optional<String> before, int most) {
        return store.read(handle -> handle.createQuery("""
                        SELECT * FROM notifications
                        WHERE (:team IS NULL OR team = :team) AND (:state IS NULL OR state = :state)
                          AND (:before IS NULL OR id < :before)
                        ORDER BY id DESC LIMIT :most
                        """)
                .bind("team", team.orElse(null))
                .bind("state", state.map(State::name).orElse(null))
                .bind("before", before.orElse(null))
                .bind("most", most)
                .map((row, context) -> NotificationRows.read(row))
                .list());
    }

    @Override
    public Map<State, Integer> counts() {
        return store.read(
                handle -> handle.createQuery("SELECT state, count(*) AS number FROM notifications GROUP BY state")
                        .map((row, context) -> Map.entry(State.valueOf(row.getString("state")), row.getInt("number")))
                        .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Set<Told> told(String aboutPrefix, Instant now) {
        return store.read(handle -> handle.createQuery("""
                        SELECT DISTINCT team, about FROM notifications
                        WHERE substr(about, 1, :length) = :prefix AND expires_at > :now
                        """)
                .bind("length", aboutPrefix.length())
                .bind("prefix", aboutPrefix)
                .bind("now", Columns.micros(now))
                .map((row, context) -> new Told(row.getString("team"), row.getString("about")))
                .set());
    }

    @Override
    public void giveUp(String team, String why) {
        int unused = store.writeNow(handle ->
                handle.createUpdate("""
                        UPDATE notifications SET state = 'FAILED', problem = :why
                        WHERE team = :team AND state IN ('PENDING', 'HELD')
                        """).bind("team", team).bind("why", why).execute());
    }

    @Override
    public void forget(Instant before) {
        int unused = store.writeNow(handle -> handle.createUpdate(
                        "DELETE FROM notifications WHERE created_at < :before AND state NOT IN ('PENDING', 'HELD')")
                .bind("before", Columns.micros(before))
                .execute());
    }
}
