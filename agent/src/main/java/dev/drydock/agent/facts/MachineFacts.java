package dev.drydock.agent.facts;

import com.google.protobuf.Timestamp;
import dev.drydock.agent.host.BootId;
import dev.drydock.proto.facts.v1.Cpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of the machine. In a root directory it is the machine that the root is mounted on. Used by one thread
 * at a time.
 */
final class MachineFacts {
    private static final long KIB = 1024;

    private final Path proc;
    private @Nullable Boot boot;

    /** @param proc where procfs is mounted */
    MachineFacts(Path proc) {
        this.proc = proc;
    }

    private record Boot(String id, Timestamp at) {}

    String kernel() throws IOException {
        return line("sys/kernel/osrelease");
    }

    String bootId() throws IOException {
        return BootId.read(proc);
    }

    /** Of this system, which in a container is later than the kernel. Once read it stays for this boot: the kernel computes it from the clock, and it moves when the clock is set. */
    Timestamp bootedAt() throws IOException {
        String id = bootId();
        Boot known = boot;
        if (known == null || !known.id().equals(id)) {
            known = new Boot(
                    id,
                    Timestamp.newBuilder()
                            .setSeconds(bootTime(text("stat"))
                                    + BootId.afterKernel(proc).toSeconds())
                            .build());
            boot = known;
        }
        return known.at();
    }

    Cpu cpu() throws IOException {
        return cpu(text("cpuinfo"));
    }

    long memoryBytes() throws IOException {
        return memoryBytes(text("meminfo"));
    }

    /** From {@code /proc/stat}; seconds since the epoch. */
    static long bootTime(String stat) throws IOException {
        return Long.parseLong(value(stat, "btime", " "));
    }

    static Cpu cpu(String cpuinfo) throws IOException {
        int count = (int) cpuinfo.lines()
                .filter(line -> line.replace("\t", "").startsWith("processor:"))
                .count();
        String model = cpuinfo.lines()
                .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
        return Cpu.newBuilder().setCount(count).setModel(model).build();
    }

    static long memoryBytes(String meminfo) throws IOException {
        return Long.parseLong(value(meminfo, "MemTotal", ":").replace("kB", "").strip()) * KIB;
    }

    private static String value(String text, String name, String separator) throws IOException {
        return text.lines()
                .filter(line -> line.startsWith(name + separator))
                .map(line -> line.substring(name.length() + separator.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("the kernel does not tell " + name));
    }

    private String line(String file) throws IOException {
        return text(file).strip();
    }

    private String text(String file) throws IOException {
        return Files.readString(proc.resolve(file));
    }
}
