package dev.drydock.agent.host.logs;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** systemd's journal, by {@code journalctl}. Only of a whole system: that of a root directory is another machine's. */
public final class Journal {
    private static final String CURSOR = "-- cursor: ";
    /** As much of the output as is kept. */
    private static final int MOST = 8 << 20;

    private final ManagedHost host;

    public Journal(ManagedHost host) {
        this.host = host;
    }

    /**
     * What was read.
     *
     * @param cursor after which the next part begins; empty where nothing is in the journal
     */
    public record Part(List<String> lines, String cursor) {
        public Part {
            lines = List.copyOf(lines);
        }
    }

    public boolean exists() {
        if (!host.files().isWholeSystem()) {
            return false;
        }
        try {
            host.commands().requireProgram("journalctl");
            return host.files().exists("/run/systemd/journal/socket");
        } catch (IOException absent) {
            return false;
        }
    }

    /** Has what was just written arrive. A journald that is too old to be asked has it a moment later. */
    public void sync(Job job) throws HostException, InterruptedException {
        if (exists()) {
            job.silent().run(host.commands(), Map.of(), List.of("journalctl", "--sync"));
        }
    }

    /** Where the journal ends now; empty where nothing is in it. */
    public String end(Job job) throws HostException, InterruptedException {
        return read(List.of("--lines=1", "--output=cat"), job).cursor();
    }

    /**
     * @param matches of {@code journalctl}: {@code --unit=nginx.service}, {@code SYSLOG_FACILITY=10}
     * @param output {@code cat} for messages alone, {@code short-iso} with time and program
     */
    public Part since(Instant since, List<String> matches, String output, Job job)
            throws HostException, InterruptedException {
        return read(with(matches, "--since=@" + since.getEpochSecond(), output), job);
    }

    /** @param cursor not empty */
    public Part after(String cursor, List<String> matches, String output, Job job)
            throws HostException, InterruptedException {
        return read(with(matches, "--after-cursor=" + cursor, output), job);
    }

    private static List<String> with(List<String> matches, String from, String output) {
        List<String> options = new ArrayList<>(List.of(from, "--output=" + output));
        options.addAll(matches);
        return options;
    }

    private Part read(List<String> options, Job job) throws HostException, InterruptedException {
        if (!exists()) {
            throw new HostException("there is no journal of systemd here");
        }
        Job quiet = job.silent();
        List<String> argv = new ArrayList<>(List.of("journalctl", "--quiet", "--no-pager", "--show-cursor"));
        argv.addAll(options);
        Commands.Result result = quiet.run(host.commands(), Map.of(), argv);
        boolean none = result.exitCode() == 1 && result.tail().isBlank();
        if (!result.ok() && !none) {
            throw HostException.of(String.join(" ", argv), result);
        }
        if (result.stdout().getBytes(StandardCharsets.UTF_8).length >= MOST) {
            throw new HostException("the journal has more than " + MOST + " bytes of that");
        }
        return part(result.stdout());
    }

    /** The cursor is the last line; one before it is somebody's message. */
    static Part part(String output) {
        List<String> lines = new ArrayList<>(output.lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.length() <= LogLines.MOST_LINE ? line : line.substring(0, LogLines.MOST_LINE))
                .toList());
        boolean cursor = !lines.isEmpty() && lines.getLast().startsWith(CURSOR);
        return new Part(
                cursor ? lines.subList(0, lines.size() - 1) : lines,
                cursor ? lines.getLast().substring(CURSOR.length()).strip() : "");
    }
}
