package dev.drydock.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Tells one boot of this system from the next: the kernel's boot id and when its first process began. The kernel's id alone is
 * that of the machine, which containers share; a container that is started again has its services started anew all the same, and
 * another first process.
 */
public final class BootId {
    private static final Path PROC = Path.of("/proc");

    /** Of the fields of {@code proc_pid_stat(5)} after the name, which may hold anything. */
    private static final int START_TIME = 22 - 3;

    /** {@code USER_HZ}, in which the kernel tells times to programs. */
    private static final long TICKS_A_SECOND = 100;

    private BootId() {}

    /** Of this system, now. */
    public static String read() throws IOException {
        return read(PROC);
    }

    /** @param proc where procfs is mounted */
    public static String read(Path proc) throws IOException {
        return Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip() + "." + ticks(proc);
    }

    /** How long after the kernel the system began; next to nothing where it is not in a container. */
    public static Duration afterKernel(Path proc) throws IOException {
        return Duration.ofMillis(ticks(proc) * 1000 / TICKS_A_SECOND);
    }

    private static long ticks(Path proc) throws IOException {
        String stat = Files.readString(proc.resolve("1/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length <= START_TIME || !fields[START_TIME].matches("\\d{1,15}")) {
            throw new IOException("the kernel does not tell when the first process began: " + stat.strip());
        }
        return Long.parseLong(fields[START_TIME]);
    }
}
