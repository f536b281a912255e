package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.document.Limits;
import dev.drydock.playbooks.policy.PolicyReader;
import dev.drydock.proto.v1.GetPolicyRequest;
import dev.drydock.proto.v1.Policy;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Policies from wherever they are: a file, or the controller. */
final class PolicyFile {
    private static final Pattern REFERENCE = Pattern.compile("[a-z0-9][a-z0-9-]*(@[0-9]{1,9})?");

    private PolicyFile() {}

    /** {@code web@7}. */
    static String reference(Policy policy) {
        return policy.getName() + "@" + policy.getVersion();
    }

    /** At most one byte more than a policy may have. */
    static byte[] read(Path path) {
        return LocalFiles.reading("read", path, () -> {
            try (InputStream in = Files.newInputStream(path)) {
                return in.readNBytes(Limits.MAX_BYTES + 1);
            }
        });
    }

    /** Prints what is wrong to standard error and the outcome to standard output; whether all are right. */
    static boolean lint(App app, List<Path> files) {
        List<Map<String, Object>> reports = new ArrayList<>();
        List<String> right = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        for (Path file : files) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("file", file.toString());
            List<Problem> problems = List.of();
            try {
                report.put("digest", PolicyReader.digest(PolicyReader.read(file.toString(), read(file))));
                right.add(file.toString());
            } catch (InvalidPlaybookException e) {
                problems = e.problems();
            }
            problems.forEach(problem -> app.environment().err().println(problem.text("error")));
            report.put("errors", problems.stream().map(LintReport::json).toList());
            reports.add(report);
            outcomes.add(file + ": " + problems.size() + (problems.size() == 1 ? " error" : " errors"));
        }
        app.output().answer(Map.of("files", reports), right, () -> outcomes);
        return right.size() == files.size();
    }

    /** What it says: of a file of that name where there is one, else of what the controller has under that reference. */
    static Map<String, Object> resolve(App app, String what) {
        Path path = Path.of(what);
        boolean remote = !Files.exists(path) && REFERENCE.matcher(what).matches();
        byte[] yaml = remote
                ? app.api()
                        .policies()
                        .getPolicy(
                                GetPolicyRequest.newBuilder().setReference(what).build())
                        .getSource()
                        .getBytes(StandardCharsets.UTF_8)
                : read(path);
        try {
            return PolicyReader.tree(PolicyReader.read(what, yaml));
        } catch (InvalidPlaybookException e) {
            throw CliException.failed(
                    String.valueOf(e.getMessage()),
                    remote
                            ? "Compare drydock version with the controller's."
                            : "Compare it when drydock policy lint has no errors.");
        }
    }
}
