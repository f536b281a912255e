package dev.drydock.controller.store;

import dev.drydock.controller.cluster.Fence;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The store that tests run on: SQLite, or PostgreSQL where the system property {@code drydock.test.database} is {@code postgresql}. The
 * build runs those that have to do with what is stored on both.
 */
public final class TestStores {
    private static final boolean POSTGRES = "postgresql".equals(System.getProperty("drydock.test.database"));
    private static final Map<Path, PostgresAddress> KNOWN = new ConcurrentHashMap<>();

    private TestStores() {}

    /** @param file names it: the same again is the same database */
    public static SqlStore open(Path file) {
        return POSTGRES
                ? PostgresStore.open(KNOWN.computeIfAbsent(file, name -> TestPostgres.fresh()), Fence.NONE)
                : SqliteStore.open(file);
    }

    public static boolean onPostgres() {
        return POSTGRES;
    }
}
