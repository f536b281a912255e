package dev.drydock.bench.jmh;

import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.library.Library;
import dev.drydock.playbooks.lint.LintResult;
import dev.drydock.playbooks.lint.Linter;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.parse.PlaybookParser;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What becomes of a playbook before it is signed: one of the library's, as it is. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class PlaybookPaths {
    private static final String NAME = "web-stack-updates";

    private byte[] source;
    private Playbook playbook;

    @Setup
    public void parse() throws InvalidPlaybookException {
        source = Library.source(NAME).getBytes(StandardCharsets.UTF_8);
        playbook = PlaybookParser.parse(NAME, source);
    }

    @Benchmark
    public byte[] canonicalForm() {
        return CanonicalForm.write(playbook);
    }

    @Benchmark
    public LintResult lint() {
        return Linter.lint(NAME, source);
    }
}
