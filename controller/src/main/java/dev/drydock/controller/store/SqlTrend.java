package dev.drydock.controller.store;

import dev.drydock.controller.compliance.fleet.Group;
import dev.drydock.controller.compliance.fleet.Totals;
import dev.drydock.controller.compliance.fleet.TrendPoint;
import dev.drydock.controller.compliance.fleet.TrendStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** How the fleet stood, day by day, in SQL. */
public final class SqlTrend implements TrendStore {
    private final Store store;

    public SqlTrend(Store store) {
        this.store = store;
    }

    @Override
    public boolean has(LocalDate day) {
        return store.read(handle -> has(handle, day));
    }

    private static boolean has(Handle handle, LocalDate day) {
        return handle.createQuery("SELECT COUNT(*) FROM compliance_days WHERE day = :day")
                        .bind("day", day.toEpochDay())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    @Override
    public void put(LocalDate day, List<Group> groups) {
        boolean unused = store.writeNow(handle -> {
            if (has(handle, day)) {
                return false;
            }
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO compliance_days (day, policy, label, label_value, hosts, compliant, due, late, unknown,
                      waived, critical, high, exploited)
                    VALUES (:day, :policy, :label, :value, :hosts, :compliant, :due, :late, :unknown,
                      :waived, :critical, :high, :exploited)
                    """);
            groups.forEach(group -> batch.bind("day", day.toEpochDay())
                    .bind("policy", group.policy())
                    .bind("label", group.label())
                    .bind("value", group.value())
                    .bind("hosts", group.totals().hosts())
                    .bind("compliant", group.totals().compliant())
                    .bind("due", group.totals().due())
                    .bind("late", group.totals().late())
                    .bind("unknown", group.totals().unknown())
                    .bind("waived", group.totals().waived())
                    .bind("critical", group.totals().critical())
                    .bind("high", group.totals().high())
                    .bind("exploited", group.totals().exploited())
                    .add());
            batch.execute();
            return true;
        });
    }

    @Override
    public List<TrendPoint> since(LocalDate day) {
        return store.read(handle -> handle.createQuery(
                        "SELECT * FROM compliance_days WHERE day >= :day ORDER BY day, policy, label, label_value")
                .bind("day", day.toEpochDay())
                .map((row, context) -> read(row))
                .list());
    }

    private static TrendPoint read(ResultSet row) throws SQLException {
        Totals totals = new Totals(
                row.getInt("hosts"),
                row.getInt("compliant"),
                row.getInt("due"),
                row.getInt("late"),
                row.getInt("unknown"),
                row.getInt("waived"),
                row.getInt("critical"),
                row.getInt("high"),
                row.getInt("exploited"));
        return new TrendPoint(
                LocalDate.ofEpochDay(row.getLong("day")),
                new Group(row.getString("policy"), row.getString("label"), row.getString("label_value"), totals));
    }
}
