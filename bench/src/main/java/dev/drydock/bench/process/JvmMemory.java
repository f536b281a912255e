package dev.drydock.bench.process;

import dev.drydock.bench.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory of another JVM after a full collection, so that garbage of what went before is not counted.
 *
 * @param heapKib objects that are reachable
 * @param residentKib of the whole process, see {@link ProcessUsage}
 */
public record JvmMemory(long heapKib, long residentKib) {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /**
     * Collects twice (what the first one queued for cleaning is gone after the second), then reads.
     *
     * @throws BenchException when jcmd of this JDK is missing or the process does not answer
     */
    public static JvmMemory collected(JavaProcess process) throws InterruptedException {
        jcmd(process, "GC.run");
        jcmd(process, "GC.run");
        Matcher used = USED.matcher(jcmd(process, "GC.heap_info"));
        if (!used.find()) {
            throw new BenchException("jcmd GC.heap_info names no used heap of process " + process.pid());
        }
        return new JvmMemory(Long.parseLong(used.group(1)), process.usage().residentKib());
    }

    private static String jcmd(JavaProcess process, String command) throws InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process jcmd = new ProcessBuilder(tool, Long.toString(process.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!jcmd.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
                jcmd.destroyForcibly();
                throw new BenchException(tool + " " + command + " failed: " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new BenchException("cannot run " + tool + ": a JDK is needed, a runtime image is not enough", e);
        }
    }
}
