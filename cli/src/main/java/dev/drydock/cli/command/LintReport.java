package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.lint.LintResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the linter found, for people and for scripts. */
final class LintReport {
    private LintReport() {}

    /**
     * Lints files, prints what is wrong to standard error and the outcome to standard output.
     *
     * @param strict whether warnings count as errors
     * @return whether all are right
     */
    static boolean lint(App app, List<Path> files, boolean strict) {
        List<Map<String, Object>> reports = new ArrayList<>();
        List<String> right = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        for (Path file : files) {
            LintResult result = PlaybookFile.read(file).lint();
            lines(result).forEach(app.environment().err()::println);
            reports.add(json(file.toString(), result));
            outcomes.add(file + ": " + count(result));
            if (result.errors().isEmpty() && (!strict || result.warnings().isEmpty())) {
                right.add(file.toString());
            }
        }
        app.output().answer(Map.of("files", reports), right, () -> outcomes);
        return right.size() == files.size();
    }

    /** A line each, as compilers print them. */
    static List<String> lines(LintResult result) {
        List<String> lines = new ArrayList<>();
        result.errors().forEach(problem -> lines.add(problem.text("error")));
        result.warnings().forEach(problem -> lines.add(problem.text("warning")));
        return lines;
    }

    /** {@code 2 errors, 1 warning}. */
    static String count(LintResult result) {
        return counted(result.errors().size(), "error") + ", "
                + counted(result.warnings().size(), "warning");
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** {@code {file, digest, errors: [{line, column, path, message, suggestion}], warnings: […]}}; no digest with errors. */
    private static Map<String, Object> json(String file, LintResult result) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("file", file);
        result.playbook().ifPresent(playbook -> out.put("digest", CanonicalForm.digest(CanonicalForm.write(playbook))));
        out.put("errors", result.errors().stream().map(LintReport::json).toList());
        out.put("warnings", result.warnings().stream().map(LintReport::json).toList());
        return out;
    }

    static Map<String, Object> json(Problem problem) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("line", (long) problem.line());
        out.put("column", (long) problem.column());
        out.put("path", problem.path());
        out.put("message", problem.message());
        problem.suggestion().ifPresent(suggestion -> out.put("suggestion", suggestion));
        return out;
    }
}
