package dev.drydock.controller.store;

import dev.drydock.controller.rollout.SavedPlan;
import dev.drydock.controller.rollout.SavedPlans;
import dev.drydock.controller.rollout.World;
import java.util.List;
import java.util.Optional;

/** Saved plans in SQL. */
public final class SqlSavedPlans implements SavedPlans {
    private final Store store;

    public SqlSavedPlans(Store store) {
        this.store = store;
    }

    @Override
    public void save(SavedPlan plan) {
        store.writeNow(handle -> {
            handle.createUpdate("DELETE FROM saved_plans WHERE made_at < :oldest")
                    .bind("oldest", Columns.micros(plan.at().minus(KEPT)))
                    .execute();
            return handle.createUpdate("""
                        INSERT INTO saved_plans (name, spec, world, changes, made_by, made_at)
                        VALUES (:name, :spec, :world, :changes, :by, :at)
                        ON CONFLICT (name) DO UPDATE SET spec = excluded.spec, world = excluded.world,
                          changes = excluded.changes, made_by = excluded.made_by, made_at = excluded.made_at
                        """)
                    .bind("name", plan.name())
                    .bind("spec", plan.spec())
                    .bind("world", Columns.json(plan.world().lines()))
                    .bind("changes", Columns.json(plan.world().changes()))
                    .bind("by", plan.by())
                    .bind("at", Columns.micros(plan.at()))
                    .execute();
        });
    }

    @Override
    public Optional<SavedPlan> find(String name) {
        return store.read(handle -> handle.createQuery("SELECT * FROM saved_plans WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> new SavedPlan(
                        row.getString("name"),
                        row.getBytes("spec"),
                        new World(Columns.map(row, "world"), Columns.map(row, "changes")),
                        row.getString("made_by"),
                        Columns.instant(row, "made_at")))
                .findOne());
    }

    @Override
    public List<String> names() {
        return store.read(handle -> handle.createQuery("SELECT name FROM saved_plans ORDER BY name")
                .mapTo(String.class)
                .list());
    }
}
