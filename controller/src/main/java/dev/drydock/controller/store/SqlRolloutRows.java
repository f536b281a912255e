package dev.drydock.controller.store;

import dev.drydock.controller.rollout.Approval;
import dev.drydock.controller.rollout.Exclusion;
import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.Origin;
import dev.drydock.controller.rollout.PlaybookVersion;
import dev.drydock.controller.rollout.RebootPace;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutPlan;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.rollout.Strategy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The tables {@code rollouts} and {@code rollout_exclusions}, for use inside a write or a read. */
final class SqlRolloutRows {
    private SqlRolloutRows() {}

    static void insert(Handle handle, Rollout rollout) {
        RolloutPlan plan = rollout.plan();
        WindowColumns.bind(progress(handle.createUpdate("""
            INSERT INTO rollouts (id, name, playbook_name, playbook_version, playbook_digest, params,
              selector, window_name, window_rrule, window_start, window_zone, window_duration,
              window_cutoff, window_reserve, window_calendars, window_hosts, window_exclusive, waves, max_concurrent, failure_threshold, soak, never_together, reboots_at_once, reboot_interval,
              approve_before, created_by, emergency, created_at,
              state, reason, current_wave, opening_opens, opening_closes, opening_start_before,
              used_through, soak_until, stop, roll_back, started_at, ended_at, live)
            VALUES (:id, :name, :playbook, :version, :digest, :params, :selector, :window_name,
              :window_rrule, :window_start, :window_zone, :window_duration, :window_cutoff,
              :window_reserve, :window_calendars, :window_hosts, :window_exclusive, :waves, :max_concurrent, :failure_threshold, :soak, :never_together, :reboots_at_once, :reboot_interval,
              :approve_before, :created_by, :emergency, :created, :state,
              :reason, :wave, :opening_opens, :opening_closes, :opening_start_before, :used,
              :soak_until, :stop, :roll_back, :started, :ended, :live)
            """), rollout), plan.window())
                .bind("name", plan.name())
                .bind("playbook", plan.playbook().name())
                .bind("version", plan.playbook().version())
                .bind("digest", plan.playbook().digest())
                .bind("params", Columns.json(plan.params()))
                .bind("selector", plan.selector())
                .bind("waves", String.join(",", plan.strategy().waves()))
                .bind("max_concurrent", plan.strategy().maxConcurrent())
                .bind("failure_threshold", plan.strategy().failureThreshold())
                .bind("soak", WindowColumns.micros(plan.strategy().soak()))
                .bind("never_together", plan.strategy().neverTogether())
                .bind("reboots_at_once", plan.strategy().reboots().atOnce())
                .bind(
                        "reboot_interval",
                        WindowColumns.micros(plan.strategy().reboots().interval()))
                .bind("approve_before", numbers(plan.strategy().approveBefore()))
                .bind("created_by", plan.origin().by())
                .bind("emergency", plan.origin().emergency())
                .bind("created", Columns.micros(plan.origin().at()))
                .execute();
        SqlRolloutApprovals.save(handle, plan.id(), rollout.approvals());
        SqlRolloutHosts.insert(handle, plan.id(), 0, rollout.hosts());
        leaveOut(handle, plan);
    }

    /** Puts on record who is not in it, instead of who was said not to be. */
    static void leaveOut(Handle handle, RolloutPlan plan) {
        handle.createUpdate("DELETE FROM rollout_exclusions WHERE rollout_id = :rollout")
                .bind("rollout", plan.id())
                .execute();
        for (int i = 0; i < plan.notIncluded().size(); i++) {
            handle.createUpdate("INSERT INTO rollout_exclusions (rollout_id, position, host, reason)"
                            + " VALUES (:rollout, :position, :host, :reason)")
                    .bind("rollout", plan.id())
                    .bind("position", i)
                    .bind("host", plan.notIncluded().get(i).host())
                    .bind("reason", plan.notIncluded().get(i).reason())
                    .execute();
        }
    }

    /** Stores where it stands; the plan never changes. */
    static void update(Handle handle, Rollout rollout) {
        progress(handle.createUpdate("""
            UPDATE rollouts SET state = :state, reason = :reason, current_wave = :wave,
              opening_opens = :opening_opens, opening_closes = :opening_closes,
              opening_start_before = :opening_start_before, used_through = :used,
              soak_until = :soak_until, stop = :stop, roll_back = :roll_back, started_at = :started,
              ended_at = :ended, live = :live
            WHERE id = :id
            """), rollout).execute();
    }

    private static <S extends SqlStatement<S>> S progress(S statement, Rollout rollout) {
        boolean live = !rollout.state().ended() || rollout.hosts().stream().anyMatch(HostProgress::open);
        return WindowColumns.bind(statement, rollout.opening())
                .bind("id", rollout.id())
                .bind("state", rollout.state().name())
                .bind("reason", rollout.reason())
                .bind("wave", rollout.currentWave())
                .bind("used", Columns.micros(rollout.usedThrough()))
                .bind("soak_until", Columns.micros(rollout.soakUntil()))
                .bind("stop", rollout.stop().name())
                .bind("roll_back", rollout.rollBack())
                .bind("started", Columns.micros(rollout.startedAt()))
                .bind("ended", Columns.micros(rollout.endedAt()))
                .bind("live", live);
    }

    /** Oldest first. @param condition SQL over {@code rollouts}, may use {@code :key} */
    static List<Rollout> read(Handle handle, String condition, String key) {
        List<Rollout> rollouts = new ArrayList<>();
        List<String> ids = handle.createQuery(
                        "SELECT id FROM rollouts WHERE (" + condition + ") AND :key = :key ORDER BY created_at, id")
                .bind("key", key)
                .mapTo(String.class)
                .list();
        for (String id : ids) {
            List<HostProgress> hosts = SqlRolloutHosts.read(handle, id);
            List<Exclusion> exclusions = exclusions(handle, id);
            List<Approval> approvals = SqlRolloutApprovals.read(handle, id);
            rollouts.add(handle.createQuery("SELECT * FROM rollouts WHERE id = :id")
                    .bind("id", id)
                    .map((row, context) -> read(row, hosts, exclusions, approvals))
                    .one());
        }
        return rollouts;
    }

    /** All, oldest first, each with the first of its hosts alone. */
    static List<Rollout> heads(Handle handle) {
        Map<String, List<Exclusion>> exclusions = handle.createQuery(
                        "SELECT rollout_id, host, reason FROM rollout_exclusions ORDER BY rollout_id, position")
                .map((row, context) -> Map.entry(
                        row.getString("rollout_id"), new Exclusion(row.getString("host"), row.getString("reason"))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        Map<String, HostProgress> first = SqlRolloutHosts.first(handle);
        Map<String, List<Approval>> approvals = SqlRolloutApprovals.all(handle);
        return handle.createQuery("SELECT * FROM rollouts ORDER BY created_at, id")
                .map((row, context) -> {
                    String id = row.getString("id");
                    return read(
                            row,
                            Stream.ofNullable(first.get(id)).toList(),
                            exclusions.getOrDefault(id, List.of()),
                            approvals.getOrDefault(id, List.of()));
                })
                .list();
    }

    private static List<Exclusion> exclusions(Handle handle, String id) {
        return handle.createQuery(
                        "SELECT host, reason FROM rollout_exclusions WHERE rollout_id = :id ORDER BY position")
                .bind("id", id)
                .map((row, context) -> new Exclusion(row.getString("host"), row.getString("reason")))
                .list();
    }

    private static Rollout read(
            ResultSet row, List<HostProgress> hosts, List<Exclusion> exclusions, List<Approval> approvals)
            throws SQLException {
        return new Rollout(
                plan(row, hosts, exclusions),
                RolloutState.valueOf(row.getString("state")),
                row.getString("reason"),
                hosts,
                row.getInt("current_wave"),
                WindowColumns.opening(row),
                Columns.optionalInstant(row, "used_through"),
                Columns.optionalInstant(row, "soak_until"),
                Rollout.Stop.valueOf(row.getString("stop")),
                row.getBoolean("roll_back"),
                Columns.optionalInstant(row, "started_at"),
                Columns.optionalInstant(row, "ended_at"),
                approvals);
    }

    private static RolloutPlan plan(ResultSet row, List<HostProgress> hosts, List<Exclusion> exclusions)
            throws SQLException {
        String waves = row.getString("waves");
        Strategy strategy = new Strategy(
                waves.isEmpty() ? List.of() : List.of(waves.split(",")),
                row.getString("max_concurrent"),
                row.getString("failure_threshold"),
                WindowColumns.duration(row, "soak"),
                row.getString("never_together"),
                numbers(row.getString("approve_before")),
                new RebootPace(row.getString("reboots_at_once"), WindowColumns.duration(row, "reboot_interval")));
        return new RolloutPlan(
                row.getString("id"),
                row.getString("name"),
                new PlaybookVersion(
                        row.getString("playbook_name"),
                        row.getInt("playbook_version"),
                        row.getString("playbook_digest")),
                Columns.map(row, "params"),
                row.getString("selector"),
                WindowColumns.read(row, "window_"),
                strategy,
                hosts.stream().map(HostProgress::host).toList(),
                exclusions,
                new Origin(
                        row.getString("created_by"),
                        Columns.instant(row, "created_at"),
                        Optional.ofNullable(row.getString("emergency"))));
    }

    private static String numbers(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static List<Integer> numbers(String written) {
        return written.isEmpty()
                ? List.of()
                : Stream.of(written.split(",")).map(Integer::valueOf).toList();
    }
}
