package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.audit.AuditChain;
import dev.drydock.cli.audit.AuditFile;
import dev.drydock.cli.audit.AuditPoint;
import dev.drydock.cli.output.OutputFormat;
import dev.drydock.proto.v1.ExportAuditRequest;
import dev.drydock.proto.v1.ExportAuditResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code drydock audit export}. */
final class AuditExport {
    private final App app;

    AuditExport(App app) {
        this.app = app;
    }

    int export(@Nullable Path to, boolean append, long after) {
        if (app.output().format() != OutputFormat.TABLE) {
            throw CliException.usage("audit export prints entries as they are, in JSON.", "Leave --output away.");
        }
        if (append && (to == null || after != 0)) {
            throw CliException.usage(
                    "--append goes on behind what a file has.", "Give it with --to FILE, and without --after.");
        }
        if (to == null) {
            print(pages(after));
        } else if (append && Files.exists(to)) {
            append(to);
        } else {
            LocalFiles.requireAbsent(to);
            write(to, after);
        }
        return ExitCode.DONE;
    }

    private Iterator<ExportAuditResponse> pages(long after) {
        return app.api()
                .auditExport()
                .exportAudit(ExportAuditRequest.newBuilder().setAfter(after).build());
    }

    private void print(Iterator<ExportAuditResponse> pages) {
        PrintStream out = app.environment().out();
        while (pages.hasNext() && !out.checkError()) {
            pages.next().getLinesList().forEach(line -> out.print(line + "\n"));
        }
    }

    private void write(Path to, long after) {
        Iterator<ExportAuditResponse> pages = pages(after);
        // Before the file is made: most of what can fail fails here.
        boolean any = pages.hasNext();
        LocalFiles.doing("write", to, () -> {
            try (FileChannel file = FileChannel.open(
                    to,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file));
                long lines = 0;
                while (any && pages.hasNext()) {
                    for (String line : pages.next().getLinesList()) {
                        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                        lines++;
                    }
                }
                out.flush();
                file.force(true);
                app.output().hint("Wrote " + count(lines) + " to " + to + ".");
            }
        });
    }

    /** Adds only what follows: of a controller that was put back to an earlier time, or whose log was changed, nothing. */
    private void append(Path to) {
        AuditChain chain = new AuditChain(AuditPoint.BEGIN, null);
        long good = LocalFiles.reading("read", to, () -> checked(to, chain));
        Iterator<ExportAuditResponse> pages = pages(chain.last().seq());
        boolean any = pages.hasNext();
        long before = chain.entries();
        LocalFiles.doing("write", to, () -> {
            try (FileChannel file = FileChannel.open(to, StandardOpenOption.WRITE)) {
                // Half a line is left where an earlier export was cut off.
                file.truncate(good).position(good);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file));
                try {
                    while (any && pages.hasNext()) {
                        for (String line : pages.next().getLinesList()) {
                            add(line, chain, to);
                            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                        }
                    }
                } finally {
                    out.flush();
                    file.force(true);
                }
            }
        });
        app.output().hint("Added " + count(chain.entries() - before) + " to " + to + ".");
    }

    private static long checked(Path file, AuditChain chain) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            AuditFile.Read read = AuditFile.into(chain, in);
            if (read.problem().isPresent() && !read.torn()) {
                throw CliException.failed(
                        file + ", line " + (read.lines() + 1) + " "
                                + read.problem().get() + ".",
                        "Nothing was added. Export into another file, and compare.");
            }
            return read.bytes();
        }
    }

    private static void add(String line, AuditChain chain, Path to) {
        chain.add(line).ifPresent(problem -> {
            throw CliException.failed(
                    "What the controller sent does not go on where " + to + " ends: the line behind entry "
                            + chain.last().seq() + " " + problem + ".",
                    "The controller was put back from a backup, or its log was changed. Export into another file.");
        });
    }

    private static String count(long entries) {
        return entries == 1 ? "1 entry" : entries + " entries";
    }
}
