package dev.drydock.cli.declare;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.playbooks.document.Nearest;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code drydock export}: what is on the controller, as files that apply finds nothing to change by. */
public final class Export {
    private final App app;

    public Export(App app) {
        this.app = app;
    }

    /**
     * @param to a folder, or {@code -}
     * @param words kinds; empty: all
     * @param yes overwrite files that say something else without asking
     * @return the exit code
     */
    public int run(String to, List<String> words, boolean yes) {
        boolean inline = to.equals("-");
        List<Exported> documents = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Kind kind : kinds(words)) {
            Exports exports = kind.export(app.api(), inline);
            documents.addAll(exports.documents());
            notes.addAll(exports.notes());
        }
        if (inline) {
            stream(documents);
        } else {
            write(new Folder(Path.of(to), app.environment()::variable), to, documents, yes);
        }
        notes.forEach(app.output()::hint);
        return ExitCode.DONE;
    }

    private static List<Kind> kinds(List<String> words) {
        for (String word : words) {
            if (Kinds.ALL.stream().noneMatch(kind -> kind.word().equalsIgnoreCase(word))) {
                List<String> known = Kinds.words().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList();
                throw CliException.usage(
                        "There is no kind '" + word + "'.",
                        "Take one of " + String.join(", ", known) + "."
                                + Nearest.to(word, known)
                                        .map(near -> " Did you mean " + near + "?")
                                        .orElse(""));
            }
        }
        return Kinds.ALL.stream()
                .filter(kind -> words.isEmpty()
                        || words.stream().anyMatch(word -> kind.word().equalsIgnoreCase(word)))
                .toList();
    }

    private void stream(List<Exported> documents) {
        PrintStream out = app.environment().out();
        for (Exported document : documents) {
            String text = new String(document.content(), StandardCharsets.UTF_8);
            out.print("---\n" + text + (text.endsWith("\n") ? "" : "\n"));
        }
        out.flush();
    }

    private void write(Folder folder, String to, List<Exported> documents, boolean yes) {
        List<Exported> news = new ArrayList<>();
        List<Exported> differing = new ArrayList<>();
        for (Exported document : documents) {
            switch (folder.state(document)) {
                case NEW -> news.add(document);
                case DIFFERS -> differing.add(document);
                case SAME -> {}
            }
        }
        if (!differing.isEmpty()) {
            app.confirm(
                    yes,
                    "Overwrite what says something else in " + to + ": "
                            + String.join(
                                    ", ", differing.stream().map(Exported::path).toList()) + "?");
        }
        news.forEach(folder::write);
        differing.forEach(folder::write);
        int same = documents.size() - news.size() - differing.size();
        Output output = app.output();
        List<String> written = new ArrayList<>();
        news.forEach(document -> written.add(document.path()));
        differing.forEach(document -> written.add(document.path()));
        output.answer(Map.of("folder", to, "written", written, "unchanged", (long) same), written, () -> {
            List<String> lines = new ArrayList<>();
            news.forEach(document -> lines.add("+ " + document.path()));
            differing.forEach(document -> lines.add("~ " + document.path()));
            lines.add(written.size() + " written to " + to + ", " + same + " said so already.");
            return lines;
        });
    }
}
