package dev.drydock.agent.backup;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    static Totals write(Path names, Path root, Instant since, Path into, Job job)
            throws HostException, IOException, InterruptedException {
        long count = 0;
        long bytes = 0;
        long moving = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(names));
                BufferedWriter out = Files.newBufferedWriter(into, StandardCharsets.UTF_8)) {
            for (byte[] name = next(in); name.length > 0; name = next(in)) {
                requireTime(job);
                String encoded = encode(name);
                FileEntry entry = FileEntry.read(encoded, RawPath.decode(root, encoded), since);
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
     * @return how many names were compared
     * @throws HostException when something differs that did not change while the backup was made
     */
    static long compare(Path listing, Path restored, Job job) throws HostException, IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        long all = 0;
        long compared = 0;
        try (BufferedReader in = Files.newBufferedReader(listing, StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                requireTime(job);
                FileEntry expected = FileEntry.of(line);
                if (!expected.moving()) {
                    compared++;
                    FileEntry found = FileEntry.read(
                            expected.name(), RawPath.decode(restored, expected.name()), Instant.MAX);
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

    private static void requireTime(Job job) throws HostException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!job.timeLeft().get().isPositive()) {
            throw new HostException("no time is left to read the files");
        }
    }

    /** Empty at the end. */
    private static byte[] next(InputStream in) throws IOException {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (int b = in.read(); b > 0; b = in.read()) {
            name.write(b);
        }
        return name.toByteArray();
    }

    private static String encode(byte[] name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name) {
            char c = (char) (b & 0xff);
            boolean plain = c == '/' || c == '-' || c == '_' || c == '.' || c < 128 && Character.isLetterOrDigit(c);
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", (int) c));
            }
        }
        return out.toString();
    }
}
