package dev.drydock.cli.bootstrap;

import java.nio.file.Path;

/** The one file that is sent for a parcel. Called by several threads. */
@FunctionalInterface
interface ParcelContents {
    /** Of a package itself, of a folder an archive of it (tar, gzip). */
    Path file(Parcel parcel);
}
