package dev.drydock.agent.backup;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The list of files in a backup, with what each was: a line each. Never all in memory. */
final class FileListing {
    private static final int MOST_NAMED = 5;

    private FileListing() {}

    /** @param moving how many changed while the backup was made */
    record Totals(long names, long bytes, long moving) {}

    /**
     * Looks at each file that is named, and writes what it is.
     *
     * @param since what changed after it may differ from what is in the archive
     */
    static Totals write(HostFiles files, Path names, Instant since, Path into, Job job)
            throws HostException, IOException, InterruptedException {
        Path sums = into.resolveSibling("sums");
        Path regular = into.resolveSibling("regular");
        onlyFiles(names, files.root(), regular);
        Sums.write(files, regular, "/", sums, job);
        long count = 0;
        long bytes = 0;
        long moving = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(names));
                Sums digests = Sums.read(sums);
                BufferedWriter out = Files.newBufferedWriter(into, StandardCharsets.UTF_8)) {
            for (byte[] name = Sums.record(in); name.length > 0; name = Sums.record(in)) {
                requireTime(job);
                String encoded = RawPath.encode(name);
                FileEntry entry =
                        FileEntry.read(encoded, RawPath.decode(files.root(), encoded), since, digests.take(name));
                out.write(entry.line());
                out.write('\n');
                count++;
                bytes += entry.size();
                moving += entry.moving() ? 1 : 0;
            }
        }
        return new Totals(count, bytes, moving);
    }

    /**
     * Compares with what was restored.
     *
     * @param restored absolute, inside the managed system
     * @return how many names were compared
     * @throws HostException when something differs that did not change while the backup was made
     */
    static long compare(HostFiles files, Path listing, String restored, Job job)
            throws HostException, IOException, InterruptedException {
        Path names = listing.resolveSibling("restored-names");
        Path regular = listing.resolveSibling("regular");
        Path sums = listing.resolveSibling("sums");
        Path directory = files.resolve(restored);
        names(listing, names);
        onlyFiles(names, directory, regular);
        Sums.write(files, regular, restored, sums, job);
        List<String> wrong = new ArrayList<>();
        long all = 0;
        long compared = 0;
        try (BufferedReader in = Files.newBufferedReader(listing, StandardCharsets.UTF_8);
                Sums digests = Sums.read(sums)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                requireTime(job);
                FileEntry expected = FileEntry.of(line);
                if (!expected.moving()) {
                    compared++;
                    FileEntry found = FileEntry.read(
                            expected.name(),
                            RawPath.decode(directory, expected.name()),
                            Instant.MAX,
                            digests.take(RawPath.bytes(expected.name())));
                    String difference = found.moving() ? "is missing" : expected.difference(found);
                    if (!difference.isEmpty()) {
                        all++;
                        if (wrong.size() < MOST_NAMED) {
                            wrong.add("/" + expected.name() + " " + difference);
                        }
                    }
                }
            }
        }
        if (all > 0) {
            throw new HostException("what was restored is not what was backed up: " + String.join("; ", wrong)
                    + (all > wrong.size() ? "; and " + (all - wrong.size()) + " more" : ""));
        }
        return compared;
    }

    /** Those of files that did not change, for their sums. */
    private static void names(Path listing, Path into) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(listing, StandardCharsets.UTF_8);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(into))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                FileEntry entry = FileEntry.of(line);
                if (entry.kind() == 'f' && !entry.moving()) {
                    out.write(RawPath.bytes(entry.name()));
                    out.write(0);
                }
            }
        }
    }

    /** A pipe would be waited for, for ever. */
    private static void onlyFiles(Path names, Path root, Path into) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(names));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(into))) {
            for (byte[] name = Sums.record(in); name.length > 0; name = Sums.record(in)) {
                if (Files.isRegularFile(RawPath.decode(root, RawPath.encode(name)), LinkOption.NOFOLLOW_LINKS)) {
                    out.write(name);
                    out.write(0);
                }
            }
        }
    }

    private static void requireTime(Job job) throws HostException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!job.timeLeft().get().isPositive()) {
            throw new HostException("no time is left to read the files");
        }
    }
}
