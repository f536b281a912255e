package dev.drydock.bench.peer;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.report.JsonReport;
import dev.drydock.bench.report.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ansible and the packed Drydock in turn on the same hosts, by {@code bench/peer/peer.sh}. */
public final class PeerProbe {
    private static final Path SCRIPT = Path.of("bench", "peer", "peer.sh");

    private final List<Integer> hosts;

    /** @param hosts on how many it is measured, rising */
    public PeerProbe(List<Integer> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /** One section for each number of hosts. */
    public List<Section> run(int rounds) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(root().resolve(SCRIPT).toString(), Integer.toString(rounds)));
        hosts.forEach(number -> command.add(number.toString()));
        try {
            Process script = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (script.waitFor() != 0) {
                throw new BenchException(
                        SCRIPT + " ended with exit code " + script.exitValue() + "; its messages are above");
            }
            return JsonReport.readSections(answer);
        } catch (IOException e) {
            throw new BenchException("cannot run " + SCRIPT, e);
        }
    }

    /** Maven starts probes in the module's directory, people in the checkout's. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return here.resolve(SCRIPT).toFile().exists()
                ? here
                : here.resolve("..").normalize();
    }
}
