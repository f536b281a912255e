package dev.drydock.controller.store;

import dev.drydock.controller.naming.ChangedMeanwhileException;
import dev.drydock.controller.window.InvalidWindowException;
import dev.drydock.controller.window.Window;
import dev.drydock.controller.window.WindowDraft;
import dev.drydock.controller.window.WindowExistsException;
import dev.drydock.controller.window.Windows;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Windows in SQL. */
public final class SqlWindows implements Windows {
    private final Store store;

    public SqlWindows(Store store) {
        this.store = store;
    }

    @Override
    public Window create(WindowDraft draft) throws InvalidWindowException {
        return put(draft, there -> {
            if (there.isPresent()) {
                throw new WindowExistsException(draft.name());
            }
        });
    }

    @Override
    public Window replace(WindowDraft draft, String etag) throws InvalidWindowException {
        return put(draft, there -> requireSame(there, draft.name(), etag));
    }

    private static void requireSame(Optional<Window> there, String name, String etag) {
        if (!etag.isEmpty()
                && there.filter(window -> window.etag().equals(etag)).isEmpty()) {
            throw new ChangedMeanwhileException("window " + name);
        }
    }

    /** @param mayTake throws when it may not take the place of another, or of none */
    private Window put(WindowDraft draft, Consumer<Optional<Window>> mayTake) throws InvalidWindowException {
        Window window = draft.validate();
        List<String> missing = store.writeNow(handle -> {
            Optional<Window> there = find(handle, window.name());
            if (there.isPresent() && there.get().equals(window)) {
                return List.<String>of();
            }
            mayTake.accept(there);
            // In the same transaction, so that none is deleted in between.
            List<String> unknown = window.calendars().stream()
                    .filter(calendar -> !exists(handle, calendar))
                    .toList();
            if (unknown.isEmpty()) {
                delete(handle, window.name());
                insert(handle, window);
            }
            return unknown;
        });
        if (!missing.isEmpty()) {
            throw new InvalidWindowException(missing.stream()
                    .map(calendar -> "calendars: there is no calendar '" + calendar
                            + "'; make it first: drydock calendar create " + calendar)
                    .toList());
        }
        return window;
    }

    private static boolean exists(Handle handle, String calendar) {
        return handle.createQuery("SELECT name FROM calendars WHERE name = :name")
                .bind("name", calendar)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    private static void insert(Handle handle, Window window) {
        WindowColumns.bind(handle.createUpdate("""
                                INSERT INTO windows (name, rrule, start, zone, duration, cutoff, reserve, calendars, hosts,
                                  exclusive)
                                VALUES (:window_name, :window_rrule, :window_start, :window_zone, :window_duration,
                                  :window_cutoff, :window_reserve, :window_calendars, :window_hosts, :window_exclusive)
                                """), window).execute();
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
    public boolean delete(String name, String etag) {
        return store.writeNow(handle -> {
            Optional<Window> there = find(handle, name);
            if (there.isPresent()) {
                requireSame(there, name, etag);
            }
            return delete(handle, name);
        });
    }

    private static boolean delete(Handle handle, String name) {
        return handle.createUpdate("DELETE FROM windows WHERE name = :name")
                        .bind("name", name)
                        .execute()
                > 0;
    }
}
