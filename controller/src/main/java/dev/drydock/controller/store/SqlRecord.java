package dev.drydock.controller.store;

import java.util.function.Supplier;

/** The name of this record of runs: the same as long as nothing that was acknowledged can be missing in it. */
public final class SqlRecord {
    private final Store store;
    private final Supplier<String> ids;

    /** @param ids names that are never given twice */
    public SqlRecord(Store store, Supplier<String> ids) {
        this.store = store;
        this.ids = ids;
    }

    /** Makes one where there is none yet. */
    public String id() {
        return store.writeNow(handle -> handle.createQuery("SELECT id FROM record")
                .mapTo(String.class)
                .findOne()
                .orElseGet(() -> {
                    String id = ids.get();
                    handle.execute("INSERT INTO record (id) VALUES (?)", id);
                    return id;
                }));
    }

    /** The database is an earlier one that was put back: it gets another name. */
    public void renew() {
        store.writeNow(handle ->
                handle.execute("DELETE FROM record") + handle.execute("INSERT INTO record (id) VALUES (?)", ids.get()));
    }
}
