package dev.drydock.cli.command;

import dev.drydock.playbooks.document.Limits;
import dev.drydock.playbooks.lint.LintResult;
import dev.drydock.playbooks.lint.Linter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A playbook on disk.
 *
 * @param content at most one byte more than a playbook may have
 */
record PlaybookFile(Path path, byte[] content) {
    static PlaybookFile read(Path path) {
        return new PlaybookFile(path, LocalFiles.reading("read", path, () -> head(path)));
    }

    private static byte[] head(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(Limits.MAX_BYTES + 1);
        }
    }

    LintResult lint() {
        return Linter.lint(path.toString(), content);
    }

    /** Where {@code sign} puts the envelope and {@code push} looks for it. */
    Path envelope() {
        return path.resolveSibling(path.getFileName() + ".dsse.json");
    }
}
