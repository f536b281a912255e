package dev.drydock.agent.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs through which bytes go into a file and back out of it: compression, and encryption where that is asked for.
 *
 * @param suffix of a file that is packed so, for example {@code .zst.age}
 * @param pack in the order in which they run
 * @param unpack in the order in which they run
 */
public record Packing(String suffix, List<List<String>> pack, List<List<String>> unpack) {
    public Packing {
        pack = List.copyOf(pack);
        unpack = List.copyOf(unpack);
    }

    /** Zstandard, with a checksum of what went in. One thread and a small window: a guest on somebody's host. */
    public static Packing zstd() {
        return new Packing(
                ".zst",
                List.of(List.of("zstd", "-q", "-3", "--check", "-c")),
                List.of(List.of("zstd", "-q", "-d", "-c")));
    }

    /** As {@link #zstd}; gzip where the managed system has no zstd. */
    public static Packing of(Commands commands) {
        try {
            commands.requireProgram("zstd");
            return zstd();
        } catch (IOException absent) {
            return new Packing(".gz", List.of(List.of("gzip", "-c")), List.of(List.of("gzip", "-d", "-c")));
        }
    }

    /** With one more program on either side of the file. */
    public Packing around(String moreSuffix, List<String> packLast, List<String> unpackFirst) {
        List<List<String>> in = new ArrayList<>(pack);
        in.add(packLast);
        List<List<String>> out = new ArrayList<>();
        out.add(unpackFirst);
        out.addAll(unpack);
        return new Packing(suffix + moreSuffix, in, out);
    }

    /** A pipeline that begins with the file's unpacked bytes. */
    public Pipeline open(HostFiles files, Path file) {
        return Pipeline.on(files).from(file).thenAll(unpack);
    }

    /** @throws HostException when the file cannot be unpacked to its end */
    public void test(HostFiles files, Path file, Job job) throws HostException, InterruptedException {
        try {
            open(files, file).into(Path.of("/dev/null")).run(job);
        } catch (HostException e) {
            throw e.in(file + " is damaged");
        }
    }

    /** The programs that it needs, a name each. */
    public List<String> programs() {
        List<String> names = new ArrayList<>();
        pack.forEach(argv -> names.add(argv.getFirst()));
        unpack.forEach(argv -> names.add(argv.getFirst()));
        return names.stream().distinct().toList();
    }
}
