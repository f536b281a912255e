package dev.drydock.agent.action;

import dev.drydock.agent.disk.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far each item of a {@code wordpress.update} is: a line before each effect, on disk before it begins. What a killed agent was
 * about to do stands in the last line.
 */
final class WordPressProgress {
    /** Stages of an item, in order; the last two where it goes back. */
    enum Stage {
        /** The site is going into maintenance, its database is being dumped. */
        BEGUN,
        /** The dump is whole; the note is its SHA-256. */
        DUMPED,
        /** From here on files, and what runs with them, may be new. */
        SWAPPING,
        SWAPPED,
        /** Out of maintenance, under watch. */
        APPLIED,
        PROVEN,
        /** The note is why. */
        UNDOING,
        UNDONE
    }

    /** A line: an item's number, its stage, and a note. */
    record Mark(int item, Stage stage, String note) {}

    private final Path file;

    WordPressProgress(Path workDir) {
        this.file = workDir.resolve("progress");
    }

    /** On disk when it returns. */
    void mark(int item, Stage stage, String note) throws IOException {
        byte[] line = (item + " " + stage + " " + note.replaceAll("\\s+", " ").strip() + "\n")
                .getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer buffer = ByteBuffer.wrap(line);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** All marks; a last line without its end was being written when the agent died, before what it stands for began. */
    List<Mark> marks() throws IOException {
        List<Mark> marks = new ArrayList<>();
        String text = Files.exists(file) ? Files.readString(file) : "";
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            String[] parts = line.split(" ", 3);
            marks.add(new Mark(Integer.parseInt(parts[0]), Stage.valueOf(parts[1]), parts.length > 2 ? parts[2] : ""));
        }
        return marks;
    }

    /** What proves that the database is as it was before the item. */
    void keepEvidence(int item, String evidence) throws IOException {
        DurableFiles.replace(evidence(item), evidence.getBytes(StandardCharsets.UTF_8));
    }

    Optional<String> evidenceOf(int item) throws IOException {
        return Files.exists(evidence(item)) ? Optional.of(Files.readString(evidence(item))) : Optional.empty();
    }

    private Path evidence(int item) {
        return file.resolveSibling("database-restored-" + item);
    }

    Optional<Mark> last(int item) throws IOException {
        return marks().stream().filter(m -> m.item() == item).reduce((first, second) -> second);
    }

    Optional<Mark> find(int item, Stage stage) throws IOException {
        return marks().stream()
                .filter(m -> m.item() == item && m.stage() == stage)
                .reduce((first, second) -> second);
    }

    boolean isAt(int item, Stage stage) throws IOException {
        return last(item).map(Mark::stage).filter(stage::equals).isPresent();
    }

    /** Whether anything of the site may have changed since it was last as before the first item. */
    boolean touched() throws IOException {
        boolean touched = false;
        for (Mark mark : marks()) {
            touched |= mark.stage() == Stage.SWAPPING;
            touched &= mark.item() != 0 || mark.stage() != Stage.UNDONE;
        }
        return touched;
    }
}
