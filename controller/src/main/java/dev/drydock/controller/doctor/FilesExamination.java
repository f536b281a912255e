package dev.drydock.controller.doctor;

import dev.drydock.controller.diagnosis.Examination;
import dev.drydock.controller.diagnosis.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Whether the controller may open as many files as it needs: a connection an agent, and what it needs for itself.
 *
 * @param controller the process that runs; none: the limit is this program's own
 */
public record FilesExamination(OptionalLong controller, LongSupplier hosts, Path proc) implements Examination {
    /** Libraries, the database's connections, people, files of output. */
    private static final long ITSELF = 512;

    private static final String LINE = "Max open files";

    @Override
    public List<Finding> examine(Instant now) throws IOException {
        Path limits = proc.resolve(controller.isPresent() ? String.valueOf(controller.getAsLong()) : "self")
                .resolve("limits");
        long limit = Files.readAllLines(limits).stream()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).strip().split("\\s+"))
                // Java takes the hard limit, the second one.
                .mapToLong(numbers -> numbers[1].equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(numbers[1]))
                .findFirst()
                .orElse(Long.MAX_VALUE);
        long needed = hosts.getAsLong() + ITSELF;
        String whose = controller.isPresent()
                ? "the controller may open " + limit + " files"
                : "a program that is started here may open " + limit + " files";
        return List.of(
                limit < needed
                        ? Finding.trouble(
                                "files",
                                whose + ", and its " + hosts.getAsLong() + " hosts need " + needed,
                                "Raise LimitNOFILE of its unit (systemctl edit drydock-controller), then restart it.")
                        : Finding.fine("files", whose + "; " + needed + " suffice for its hosts"));
    }
}
