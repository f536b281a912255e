package dev.drydock.agent.host.packages;

import java.nio.file.Path;

/**
 * A package file on disk, read back and checked.
 *
 * @param file name in the directory that it was asked for in
 * @param sha256 hex
 * @param source where it came from: {@code archive}, {@code cache} or {@code repacked}
 */
public record PackageFile(PackageId id, String version, String file, String sha256, String source) {
    /** Beside a package file: what a manager notes of it for when it finds the file again. Not every one does. */
    public static Path noteOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".note");
    }
}
