package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.audit.AuditChain;
import dev.drydock.cli.audit.AuditFile;
import dev.drydock.cli.audit.AuditPoint;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code drydock audit verify}. */
final class AuditCheck {
    private final App app;

    AuditCheck(App app) {
        this.app = app;
    }

    int verify(List<String> files, @Nullable String head, @Nullable String after) {
        AuditChain chain = new AuditChain(
                after == null ? AuditPoint.BEGIN : point("--after", after),
                head == null ? null : point("--head", head));
        for (String file : files) {
            check(chain, file);
        }
        chain.end().ifPresent(problem -> {
            throw broken(files.getLast() + " " + problem + ".");
        });
        app.output().answer(tree(chain), List.of(chain.last().toString()), () -> people(chain));
        return ExitCode.DONE;
    }

    private static AuditPoint point(String option, String text) {
        return AuditPoint.parse(text)
                .orElseThrow(() -> CliException.usage(
                        option + ": '" + text + "' is no entry's number and hash.",
                        "Write SEQ:HASH, as the last line of drydock audit verify has it."));
    }

    private void check(AuditChain chain, String file) {
        AuditFile.Read read = LocalFiles.reading("read", Path.of(file), () -> {
            if (file.equals("-")) {
                return AuditFile.into(chain, app.environment().in());
            }
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                return AuditFile.into(chain, in);
            }
        });
        read.problem().ifPresent(problem -> {
            throw broken(file + ", line " + (read.lines() + 1) + " " + problem + ".");
        });
    }

    private static CliException broken(String what) {
        return CliException.failed(
                what, "What is before is good. Compare with another export, and find out who could change this one.");
    }

    private static Map<String, Object> tree(AuditChain chain) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("entries", chain.entries());
        tree.put("firstAt", chain.firstAt());
        tree.put("lastAt", chain.lastAt());
        tree.put("callsWithUnknownEnd", chain.unknown());
        tree.put("callsUnderWay", chain.open());
        tree.put("head", chain.last().toString());
        return tree;
    }

    private static List<String> people(AuditChain chain) {
        if (chain.entries() == 0) {
            return List.of("No entries.", "head: " + chain.last());
        }
        List<String> lines = new ArrayList<>();
        lines.add((chain.entries() == 1 ? "1 entry, " : chain.entries() + " entries, ")
                + (chain.last().seq() - chain.entries() + 1) + " to "
                + chain.last().seq() + ", from "
                + chain.firstAt() + " to " + chain.lastAt() + ": none was changed, dropped or put elsewhere.");
        calls(chain.unknown(), "ended nobody knows how: the controller stopped meanwhile", lines);
        calls(chain.open(), "had not ended yet", lines);
        lines.add("head: " + chain.last());
        return lines;
    }

    private static void calls(List<Long> begun, String what, List<String> lines) {
        if (!begun.isEmpty()) {
            lines.add((begun.size() == 1 ? "1 call " : begun.size() + " calls ")
                    + what
                    + (begun.size() == 1 ? ": entry " : ": entries ")
                    + begun.toString().replaceAll("[\\[\\]]", ""));
        }
    }
}
