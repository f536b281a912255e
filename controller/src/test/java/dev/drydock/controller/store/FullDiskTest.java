package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteConfig;

/** SQLite itself says "full" here: its file may not grow past a number of pages. */
final class FullDiskTest {
    private static final int AMPLE = 1_000_000;

    @Property(tries = 6)
    void aFullDiskLosesNothingThatWasAcknowledgedAndStoresNothingByHalf(
            @ForAll @Size(min = 30, max = 120) List<@IntRange(min = 1, max = 20_000) Integer> sizes,
            @ForAll @IntRange(min = 2, max = 60) int pagesLeft)
            throws Exception {
        Path file = Files.createTempDirectory("full").resolve("drydock.db");
        AtomicInteger pages = new AtomicInteger(AMPLE);
        try (SqliteStore store = SqliteStore.open(file, () -> limited(pages.get()))) {
            store.writeNow(handle -> handle.execute("CREATE TABLE blobs (n INTEGER, half INTEGER, data BLOB)"));
            reconnectWith(store, pages, used(store) + pagesLeft);

            Set<Integer> acknowledged = writeAll(store, sizes, 0);

            assertThat(stored(store)).isEqualTo(acknowledged);
            pages.set(AMPLE);
            reconnectWith(store, pages, AMPLE);
            Set<Integer> later = writeAll(store, sizes, 1_000);
            assertThat(later).hasSameSizeAs(sizes);
            acknowledged.addAll(later);
            assertThat(stored(store)).isEqualTo(acknowledged);
        }
    }

    @Property(tries = 1)
    void tellsTheOperatorWhereTheDiskIsFullAndWhatToDo() throws Exception {
        Path file = Files.createTempDirectory("full").resolve("drydock.db");
        AtomicInteger pages = new AtomicInteger(AMPLE);
        try (SqliteStore store = SqliteStore.open(file, () -> limited(pages.get()))) {
            store.writeNow(handle -> handle.execute("CREATE TABLE blobs (n INTEGER, half INTEGER, data BLOB)"));
            reconnectWith(store, pages, used(store) + 1);
            assertThatThrownBy(() -> store.writeNow(handle -> insert(handle, 1, 100_000)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DISK_FULL))
                    .hasMessageContaining("disk is full")
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("Free space")
                    .hasMessageContaining("Nothing of this write is stored");
        }
    }

    @Property(tries = 1)
    void aDatabaseThatCannotBeMadeForWantOfSpaceSaysSo() throws Exception {
        Path file = Files.createTempDirectory("full").resolve("drydock.db");
        assertThatThrownBy(() -> SqliteStore.open(file, () -> limited(3)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DISK_FULL))
                .hasMessageStartingWith("The disk is full: the database " + file);
        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(used(store)).isGreaterThan(3);
        }
    }

    private static SQLiteConfig limited(int pages) {
        SQLiteConfig config = SqliteStore.config();
        config.setMaxPageCount(pages);
        return config;
    }

    private static int used(SqliteStore store) {
        return store.read(handle ->
                handle.createQuery("PRAGMA page_count").mapTo(Integer.class).one());
    }

    /** The limit is a property of a connection: a failed commit makes the writer take a new one. */
    private static void reconnectWith(SqliteStore store, AtomicInteger pages, int limit) {
        pages.set(limit);
        store.writeNow(handle -> handle.execute("PRAGMA max_page_count = " + limit));
    }

    private static Set<Integer> writeAll(SqliteStore store, List<Integer> sizes, int from) {
        List<CompletableFuture<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            int number = from + i;
            int size = sizes.get(i);
            writes.add(store.write(handle -> insert(handle, number, size)));
        }
        Set<Integer> acknowledged = new TreeSet<>();
        for (CompletableFuture<Integer> write : writes) {
            try {
                acknowledged.add(write.join());
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(StoreException.class);
            }
        }
        return acknowledged;
    }

    private static int insert(Handle handle, int number, int size) {
        handle.execute("INSERT INTO blobs VALUES (?, 1, ?)", number, new byte[size]);
        handle.execute("INSERT INTO blobs VALUES (?, 2, ?)", number, new byte[size]);
        return number;
    }

    private static Set<Integer> stored(SqliteStore store) {
        List<Integer> whole =
                store.read(handle -> handle.createQuery("SELECT n FROM blobs GROUP BY n HAVING COUNT(*) = 2")
                        .mapTo(Integer.class)
                        .list());
        int rows = store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM blobs")
                .mapTo(Integer.class)
                .one());
        assertThat(rows).isEqualTo(2 * whole.size());
        return new TreeSet<>(whole);
    }
}
