package dev.drydock.bench.agent;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.report.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the folder that goes to hosts weighs, unpacked and compressed with what this machine has. */
record Image(Path folder) {
    private static final Map<String, String> COMPRESSORS =
            Map.of("gzip", "gzip -6", "xz", "xz -6 -T1", "zstd", "zstd -q -19");

    List<Figure> figures() throws InterruptedException {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("image_mib", "image, unpacked", mebibytes(folder), "MiB"));
        figures.add(new Figure("runtime_mib", "  of it the runtime", mebibytes(folder.resolve("runtime")), "MiB"));
        double caches = mebibytes(folder.resolve("lib/aot"));
        figures.add(new Figure("jars_mib", "  of it the jars", mebibytes(folder.resolve("lib")) - caches, "MiB"));
        figures.add(new Figure("cache_mib", "  of it the cache of classes", caches, "MiB"));
        for (String name : COMPRESSORS.keySet().stream().sorted().toList()) {
            double compressed = compressed(COMPRESSORS.getOrDefault(name, name));
            if (compressed > 0) {
                figures.add(new Figure("image_" + name + "_mib", "image, " + name, compressed, "MiB"));
            }
        }
        return figures;
    }

    private static double mebibytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes / (double) (1 << 20);
        } catch (IOException e) {
            throw new BenchException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Zero when there is no such program here. */
    private double compressed(String compressor) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(
                            "sh", "-c", "tar -C \"$0\" -c . | " + compressor + " | wc -c", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String count = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();
            return count.isEmpty() ? 0 : Long.parseLong(count) / (double) (1 << 20);
        } catch (IOException e) {
            throw new BenchException("cannot run " + compressor, e);
        }
    }
}
