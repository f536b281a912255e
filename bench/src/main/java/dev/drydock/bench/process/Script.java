package dev.drydock.bench.process;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.report.JsonReport;
import dev.drydock.bench.report.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A script of the benchmark that measures by itself and prints sections of a report as JSON. */
public final class Script {
    private Script() {}

    /**
     * @param path from the checkout's root
     * @throws BenchException when it does not end well; its messages are on standard error
     */
    public static List<Section> run(Path path, List<String> arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(root(path).resolve(path).toString()));
        command.addAll(arguments);
        try {
            Process script = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (script.waitFor() != 0) {
                throw new BenchException(
                        path + " ended with exit code " + script.exitValue() + "; its messages are above");
            }
            return JsonReport.readSections(answer);
        } catch (IOException e) {
            throw new BenchException("cannot run " + path, e);
        }
    }

    /** Maven starts probes in the module's directory, people in the checkout's. */
    private static Path root(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return here.resolve(path).toFile().exists() ? here : here.resolve("..").normalize();
    }
}
