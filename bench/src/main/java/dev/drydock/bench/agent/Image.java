package dev.drydock.bench.agent;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What goes to hosts: the packages and the archive that agents update themselves from, as they are shipped, and what they become
 * there.
 *
 * @param folder the packed agent; the packages lie in {@code packages} beside it
 */
record Image(Path folder) {

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(shipped("deb", "drydock-agent_", ".deb"));
        figures.add(shipped("rpm", "drydock-agent-", ".rpm"));
        figures.add(shipped("update", "drydock-agent-update_", ".tar.gz"));
        figures.add(new Figure("image_mib", "on a host", mebibytes(folder), "MiB"));
        figures.add(new Figure("runtime_mib", "  of it the runtime", mebibytes(folder.resolve("runtime")), "MiB"));
        double caches = mebibytes(folder.resolve("lib/aot"));
        figures.add(new Figure("jars_mib", "  of it the jars", mebibytes(folder.resolve("lib")) - caches, "MiB"));
        figures.add(new Figure("cache_mib", "  of it the cache of classes, made there", caches, "MiB"));
        return figures;
    }

    private Figure shipped(String key, String begin, String end) {
        Path packages = folder.resolveSibling("packages");
        try (Stream<Path> files = Files.list(packages)) {
            Path file = files.filter(each -> {
                        String name = String.valueOf(each.getFileName());
                        return name.startsWith(begin) && name.endsWith(end);
                    })
                    .findFirst()
                    .orElseThrow(() -> new BenchException("there is no " + end + " of the agent in " + packages));
            return new Figure("image_" + key + "_mib", "shipped, " + end, mebibytes(file), "MiB");
        } catch (IOException e) {
            throw new BenchException("cannot read " + packages + ": " + e.getMessage(), e);
        }
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
}
