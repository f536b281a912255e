package dev.drydock.bench.peer;

import dev.drydock.bench.process.Script;
import dev.drydock.bench.report.Section;
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
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(rounds)));
        hosts.forEach(number -> arguments.add(number.toString()));
        return Script.run(SCRIPT, arguments);
    }
}
