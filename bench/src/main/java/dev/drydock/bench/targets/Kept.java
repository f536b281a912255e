package dev.drydock.bench.targets;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.report.JsonReport;
import dev.drydock.bench.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A directory with the newest report of each probe, named by its first section. */
public final class Kept {
    private final Path directory;

    public Kept(Path directory) {
        this.directory = directory;
    }

    public void write(Report report) {
        String name = report.sections().getFirst().key() + ".json";
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(name), new JsonReport().write(report));
        } catch (IOException e) {
            throw new BenchException("cannot keep " + name + " in " + directory, e);
        }
    }

    /** All that is kept; nothing where nothing is. */
    public Results read() {
        List<Report> reports = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                        .sorted()
                        .toList()) {
                    reports.add(JsonReport.read(Files.readString(file)));
                }
            } catch (IOException e) {
                throw new BenchException("cannot read what is kept in " + directory, e);
            }
        }
        return new Results(reports);
    }
}
