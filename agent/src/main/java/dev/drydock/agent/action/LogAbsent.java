package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.logs.Journal;
import dev.drydock.agent.host.logs.LinePatterns;
import dev.drydock.agent.host.logs.LogFile;
import dev.drydock.agent.host.logs.LogTime;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * {@code log.absent}: no line of that kind was written to a log since the change. The baseline remembers where the log ended, so what
 * was there before counts for nothing; where there is no baseline, what was written lately counts.
 */
final class LogAbsent implements Check {
    private static final Duration DEFAULT_WITHIN = Duration.ofMinutes(10);
    private static final int MOST_SHOWN = 200;
    private static final String ERROR = "error";
    private static final String COUNT = "count";
    private static final String LAST = "last";
    private static final String END = "end";

    private final ManagedHost host;
    private final InstantSource clock;

    LogAbsent(ManagedHost host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "log.absent";
    }

    @Override
    public boolean aboutThePast() {
        return true;
    }

    @Override
    public Struct observe(StepContext context) throws ActionException, InterruptedException {
        return observe(context, Struct.getDefaultInstance());
    }

    @Override
    public Struct observe(StepContext context, Struct baseline) throws ActionException, InterruptedException {
        Args args = context.args();
        Found found = new Found(new LinePatterns(args.strings("texts")), new LinePatterns(args.strings("ignore")));
        Optional<String> file = args.optionalString("file");
        // What is written while this looks is seen the next time, rather than never.
        Struct end = OnHost.get(() -> file.isPresent() ? fileEnd(file.get()) : journalEnd(context));
        String error = "";
        try {
            if (file.isPresent()) {
                look(new LogFile(host.files(), file.get()), file.get(), context, baseline, found);
            } else {
                look(args.string("unit"), context, baseline, found);
            }
        } catch (HostException | IOException e) {
            error = String.valueOf(e.getMessage());
        }
        return new Structs()
                .put(END, end)
                .put(COUNT, found.count)
                .put(LAST, found.last)
                .put(ERROR, error)
                .build();
    }

    private Struct fileEnd(String file) throws IOException {
        LogFile.Mark mark = new LogFile(host.files(), file).end();
        return new Structs()
                .put("inode", mark.inode())
                .put("offset", mark.offset())
                .put("head", mark.head())
                .build();
    }

    private void look(LogFile log, String file, StepContext context, Struct baseline, Found found)
            throws HostException, IOException {
        boolean before = baseline.getFieldsCount() > 0;
        Struct end = Structs.struct(baseline, END);
        LogFile.Mark mark = new LogFile.Mark(
                Structs.string(end, "inode"), Structs.integer(end, "offset"), Structs.string(end, "head"));
        if (!log.exists() && !(before && mark.equals(LogFile.Mark.NOTHING))) {
            throw new HostException("there is no file " + file);
        }
        if (before) {
            log.since(mark, found::take);
        } else {
            log.since(from(context), new LogTime(ZoneId.systemDefault(), clock.instant()), found::take);
        }
    }

    private Struct journalEnd(StepContext context) throws HostException, InterruptedException {
        Instant now = clock.instant();
        Journal journal = new Journal(host);
        journal.sync(OnHost.job(context));
        String cursor = journal.exists() ? journal.end(OnHost.job(context)) : "";
        return new Structs()
                .put("cursor", cursor)
                .put("at", now.getEpochSecond())
                .build();
    }

    private void look(String unit, StepContext context, Struct baseline, Found found)
            throws HostException, InterruptedException {
        Job job = OnHost.job(context).silent();
        if (!host.services().state(unit, job).known()) {
            throw new HostException("there is no unit " + unit);
        }
        Struct end = Structs.struct(baseline, END);
        String cursor = Structs.string(end, "cursor");
        Instant from =
                baseline.getFieldsCount() > 0 ? Instant.ofEpochSecond(Structs.integer(end, "at")) : from(context);
        Journal journal = new Journal(host);
        List<String> matches = List.of("--unit=" + unit);
        Journal.Part part = cursor.isEmpty()
                ? journal.since(from, matches, "cat", job)
                : journal.after(cursor, matches, "cat", job);
        for (String line : part.lines()) {
            found.take(line);
        }
    }

    private Instant from(StepContext context) {
        return clock.instant().minus(context.args().duration("within", DEFAULT_WITHIN));
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        long most = context.args().integer("atMost", 0);
        String error = Structs.string(now, ERROR);
        long count = Structs.integer(now, COUNT);
        boolean compare = baseline.getFieldsCount() > 0;
        String last = Structs.string(now, LAST);
        String measured = count
                + (count == 1 ? " line" : " lines")
                + (compare ? " since before the change" : " lately")
                + (last.isEmpty() ? "" : ", the last: " + last);
        if (!error.isEmpty()) {
            // Without a log before there is none to compare with, but nothing got worse either.
            return compare && error.equals(Structs.string(baseline, ERROR))
                    ? Finding.holds("no regression: " + error)
                    : Finding.fails(measured, error);
        }
        return count <= most
                ? Finding.holds(measured)
                : Finding.fails(measured, "the log has " + measured + " (at most " + most + ")");
    }

    /** The lines that count. */
    private static final class Found {
        private final LinePatterns wanted;
        private final LinePatterns ignored;
        private long count;
        private String last = "";

        Found(LinePatterns wanted, LinePatterns ignored) {
            this.wanted = wanted;
            this.ignored = ignored;
        }

        void take(String line) throws HostException {
            if (wanted.find(line) && !ignored.find(line)) {
                count++;
                String shown = line.strip();
                last = shown.length() <= MOST_SHOWN ? shown : shown.substring(0, MOST_SHOWN) + "…";
            }
        }
    }
}
