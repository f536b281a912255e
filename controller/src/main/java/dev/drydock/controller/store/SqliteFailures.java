package dev.drydock.controller.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** What SQLite's errors mean. */
record SqliteFailures(Path file) implements StoreFailures {
    private static final int NO_MEMORY = 7;
    private static final int IO_ERROR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;

    /** After these SQLite may have rolled the whole transaction back by itself. */
    @Override
    public boolean endsTransaction(Throwable e) {
        return switch (primaryCode(e)) {
            case NO_MEMORY, IO_ERROR, CORRUPT, FULL -> true;
            default -> false;
        };
    }

    @Override
    public StoreException of(Throwable e) {
        String why =
                switch (primaryCode(e)) {
                    case FULL ->
                        "The disk is full: the database " + file + " cannot grow. Free space on its file system;"
                                + " the controller then goes on by itself.";
                    case IO_ERROR ->
                        "The database " + file + " cannot be written (" + StoreFailures.reason(e)
                                + "). Check that its file system has"
                                + " space and is healthy; the controller then goes on by itself.";
                    case CORRUPT ->
                        "The database " + file + " is damaged (" + StoreFailures.reason(e)
                                + "). Stop the controller and restore a backup.";
                    default -> "The database " + file + " refused a commit (" + StoreFailures.reason(e) + ").";
                };
        return new StoreException(
                primaryCode(e) == FULL ? StoreException.Kind.DISK_FULL : StoreException.Kind.BROKEN,
                why + " Nothing of this write is stored.",
                e);
    }

    static StoreException opening(Path file, Throwable e) {
        boolean full = primaryCode(e) == FULL;
        return new StoreException(
                full ? StoreException.Kind.DISK_FULL : StoreException.Kind.BROKEN,
                full
                        ? "The disk is full: the database " + file
                                + " cannot be made or brought up to date. Free space on its"
                                + " file system and start again."
                        : "The database " + file + " cannot be opened or brought up to date: " + StoreFailures.reason(e)
                                + ". Check that the file is a Drydock database of this version or an older one, that this"
                                + " user may write to it and its directory, and that the file system is healthy.",
                e);
    }

    static StoreException copying(Path file, Path copy, Throwable e) {
        boolean full = primaryCode(e) == FULL;
        return new StoreException(
                full ? StoreException.Kind.DISK_FULL : StoreException.Kind.BROKEN,
                full
                        ? "The disk is full: " + copy + " cannot be written as a whole."
                        : "The database " + file + " cannot be copied to " + copy + ": " + StoreFailures.reason(e)
                                + ".",
                e);
    }

    @Override
    public StoreException closed() {
        return new StoreException(
                StoreException.Kind.CLOSED,
                "The database " + file
                        + " is closed because the controller is stopping. Nothing of this write is stored.",
                null);
    }

    /** Zero when it did not come from SQLite. */
    private static int primaryCode(Throwable e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return sqlite.getResultCode().code & 0xff;
            }
        }
        return 0;
    }
}
