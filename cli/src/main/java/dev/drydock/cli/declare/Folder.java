package dev.drydock.cli.declare;

import dev.drydock.cli.CliException;
import dev.drydock.playbooks.Diff;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The folder that export writes to. */
final class Folder {
    private final Path folder;
    private final Function<String, Optional<String>> variables;

    /** @param variables of the environment, which files that are there may name */
    Folder(Path folder, Function<String, Optional<String>> variables) {
        this.folder = folder;
        this.variables = variables;
    }

    /** What becomes of a file. */
    enum State {
        NEW,
        /** It says so already, maybe in other words and with comments. */
        SAME,
        /** It says something else. */
        DIFFERS
    }

    State state(Exported document) {
        Path file = folder.resolve(document.path());
        try {
            if (!Files.exists(file)) {
                return State.NEW;
            }
            return Arrays.equals(Files.readAllBytes(file), document.content()) && allBeside(document)
                            || saysSo(file, document)
                    ? State.SAME
                    : State.DIFFERS;
        } catch (IOException e) {
            throw cannot("read", file, e);
        }
    }

    private boolean allBeside(Exported document) throws IOException {
        for (Map.Entry<String, byte[]> beside : document.beside().entrySet()) {
            Path file = folder.resolve(document.kind().folder()).resolve(beside.getKey());
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), beside.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean saysSo(Path file, Exported document) {
        try {
            List<Declared> read =
                    Documents.read(Sources.read(List.of(file.toString()), InputStream.nullInputStream()), variables);
            return read.size() == 1
                    && read.getFirst().kind().equals(document.kind())
                    && read.getFirst().name().equals(document.name())
                    && Diff.between(read.getFirst().tree(), document.kind().inWordsOf(read.getFirst(), document.tree()))
                            .isEmpty();
        } catch (CliException e) {
            return false;
        }
    }

    /** The files beside it first, then itself; each whole or not at all. */
    void write(Exported document) {
        document.beside()
                .forEach((name, content) ->
                        write(folder.resolve(document.kind().folder()).resolve(name), content));
        write(folder.resolve(document.path()), document.content());
    }

    private static void write(Path file, byte[] content) {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(beside, content);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw cannot("write", file, e);
        }
    }

    private static CliException cannot(String verb, Path file, IOException e) {
        return CliException.failed("Cannot " + verb + " " + file + ": " + e.getMessage() + ".", "");
    }
}
