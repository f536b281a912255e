package dev.drydock.controller;

import dev.drydock.controller.diagnosis.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * With which options a controller is started, read as {@code drydock-controller run} reads them, and what is wrong with them.
 *
 * @param options empty where they cannot be understood at all
 */
record Settings(Path data, Optional<ControllerOptions> options, List<Finding> findings) {
    private static final String AREA = "configuration";
    private static final String UNITS_DATA = "/var/lib/drydock";

    /** @param arguments of run */
    static Settings given(List<String> arguments) {
        return read("the options given", arguments, new ArrayList<>());
    }

    /** What the package's unit starts. @param more arguments of run */
    static Settings ofUnit(Path file, List<String> more) {
        List<Finding> findings = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of("--data", UNITS_DATA));
        if (!more.contains("--data") || Files.exists(file)) {
            try {
                EnvironmentFile read = EnvironmentFile.read(file);
                read.problems()
                        .forEach(problem -> findings.add(Finding.trouble(
                                AREA, problem, "Mend it; systemd passes over such lines: see systemd.exec(5).")));
                arguments.addAll(read.words("DRYDOCK_CONTROLLER_OPTS"));
            } catch (IOException e) {
                if (Files.exists(file)) {
                    findings.add(
                            Finding.trouble(AREA, file + " cannot be read: " + e.getMessage(), "Run this as root."));
                }
            }
        }
        if (more.contains("--data")) {
            arguments.subList(0, 2).clear();
        }
        arguments.addAll(more);
        return read(Files.exists(file) ? file.toString() : "the unit's options", arguments, findings);
    }

    private static Settings read(String where, List<String> arguments, List<Finding> findings) {
        RunCommand run = new RunCommand();
        CommandLine line = new CommandLine(run);
        line.getCommandSpec().parser().collectErrors(true);
        List<String> problems = new ArrayList<>();
        line.parseArgs(arguments.toArray(String[]::new))
                .errors()
                .forEach(error -> problems.add(String.valueOf(error.getMessage())));
        Path data = run.data().orElse(Path.of(UNITS_DATA));
        Optional<ControllerOptions> options = run.data().map(known -> run.options(problems));
        problems.forEach(problem -> findings.add(Finding.trouble(
                AREA,
                where + ": " + problem,
                "Set it right; drydock-controller run --help tells what is expected. With wrong options the controller"
                        + " ends with code 2, and its unit does not try again.")));
        if (problems.isEmpty()) {
            findings.add(Finding.fine(
                    AREA,
                    arguments.isEmpty() ? "no options" : where + " can be read: run " + String.join(" ", arguments)));
        }
        return new Settings(data.toAbsolutePath().normalize(), options, findings);
    }
}
