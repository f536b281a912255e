package dev.drydock.dist.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a package puts at one place. */
sealed interface Entry {
    /** @param mode the permission bits */
    record Directory(int mode) implements Entry {}

    /** @param target as it is written into the link */
    record Link(String target) implements Entry {}

    /**
     * @param mode the permission bits
     * @param kept whether it is somebody's to change, and stays as it is when a newer package comes
     */
    record Content(byte[] bytes, int mode, boolean kept) implements Entry {
        static Content of(String text, int mode) {
            return new Content(text.getBytes(StandardCharsets.UTF_8), mode, false);
        }
    }

    /** A file of the build's, which is read when it is packed. */
    record File(Path from, int mode) implements Entry {}

    /** What a file holds. */
    static byte[] bytes(Entry entry) throws IOException {
        return switch (entry) {
            case Content content -> content.bytes();
            case File file -> Files.readAllBytes(file.from());
            case Link link -> link.target().getBytes(StandardCharsets.UTF_8);
            case Directory directory -> new byte[0];
        };
    }
}
