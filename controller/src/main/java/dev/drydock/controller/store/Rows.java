package dev.drydock.controller.store;

import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** One statement for many rows: compiled once for some hundreds, where each row by itself would compile it anew. */
final class Rows {
    /** What is bound is kept until it is written. */
    private static final int AT_ONCE = 500;

    private final Handle handle;
    private final String sql;
    private PreparedBatch batch;

    Rows(Handle handle, String sql) {
        this.handle = handle;
        this.sql = sql;
        this.batch = handle.prepareBatch(sql);
    }

    /** @param binding binds all that the statement names */
    void add(Consumer<PreparedBatch> binding) {
        binding.accept(batch);
        batch.add();
        if (batch.size() >= AT_ONCE) {
            write();
            batch = handle.prepareBatch(sql);
        }
    }

    /** Writes what is left. */
    void write() {
        try (PreparedBatch last = batch) {
            if (last.size() > 0) {
                var unused = last.execute();
            }
        }
    }
}
