package dev.drydock.controller.store;

import dev.drydock.controller.window.InvalidWindowException;
import dev.drydock.controller.window.Window;
import dev.drydock.controller.window.WindowDraft;
import dev.drydock.controller.window.WindowExistsException;
import dev.drydock.controller.window.Windows;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Windows in SQL. */
public final class SqlWindows implements Windows {
    private final Store store;

    public SqlWindows(Store store) {
        this.store = store;
    }

    @Override
    public Window create(WindowDraft draft) throws InvalidWindowException {
        Window window = draft.validate();
        return store.writeNow(handle -> {
            Window there = find(handle, window.name()).orElseGet(() -> insert(handle, window));
            if (!there.equals(window)) {
                throw new WindowExistsException(window.name());
            }
            return there;
        });
    }

    private static Window insert(Handle handle, Window window) {
        WindowColumns.bind(handle.createUpdate("""
                                INSERT INTO windows (name, rrule, start, zone, duration, cutoff, reserve)
                                VALUES (:window_name, :window_rrule, :window_start, :window_zone, :window_duration,
                                  :window_cutoff, :window_reserve)
                                """), window).execute();
        return window;
    }

    @Override
    public List<Window> list() {
        return store.read(handle -> handle.createQuery("SELECT * FROM windows ORDER BY name")
                .map((row, context) -> WindowColumns.read(row, ""))
                .list());
    }

    @Override
    public Optional<Window> find(String name) {
        return store.read(handle -> find(handle, name));
    }

    private static Optional<Window> find(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM windows WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> WindowColumns.read(row, ""))
                .findOne();
    }

    @Override
    public boolean delete(String name) {
        return store.writeNow(handle -> handle.createUpdate("DELETE FROM windows WHERE name = :name")
                        .bind("name", name)
                        .execute()
                > 0);
    }
}
