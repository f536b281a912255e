package dev.drydock.playbooks.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AdviceTest {
    private static final String HEAD = "apiVersion: drydock/v1\nkind: Playbook\nmetadata: {name: web}\nspec:\n";
    private static final String VERIFIED = "  verify:\n    - service.active: nginx\n";

    private static LintResult lint(String spec) {
        return Linter.lint("web.yaml", (HEAD + spec).getBytes(StandardCharsets.UTF_8));
    }

    private static void warns(String spec, String... warnings) {
        LintResult result = lint(spec);
        assertThat(result.errors()).isEmpty();
        assertThat(result.warnings()).extracting(Object::toString).containsExactly(warnings);
    }

    @Test
    void anOutcomeThatNothingVerifies() {
        warns(
                "  steps:\n    - os.packages: {update: all}\n",
                "web.yaml:4:1: spec: nothing verifies the outcome; add verify with the checks that must hold afterwards");
    }

    @Test
    void aStepThatVerifiesItselfIsEnough() {
        warns("""
                  steps:
                    - os.packages: {update: all}
                      verify: [service.active: nginx]
                """);
    }

    @Test
    void aFailedRunThatIsLeftHalfDone() {
        warns(
                "  steps:\n    - os.packages: {update: all}\n" + VERIFIED + "  onFailure: stop\n",
                "web.yaml:9:14: spec.onFailure: a run that fails is left half done for a person to mend; rollback leaves the host as it was");
    }

    @Test
    void aParameterThatIsNotUsed() {
        warns(
                "  params: {a: {type: string}, b: {type: string, default: x}}\n  hosts: params.b == host.name\n"
                        + "  steps:\n    - os.packages: {update: all}\n" + VERIFIED,
                "web.yaml:5:12: spec.params.a: this parameter is not used");
    }

    @Test
    void aCommandWithAWayBackThatIsCalledIrreversible() {
        warns(
                "  steps:\n    - command.run: {argv: [a], undo: [b]}\n      irreversible: accepted\n" + VERIFIED,
                "web.yaml:7:7: spec.steps[0].irreversible: contradicts undo: with undo there is a way back; remove one of them");
    }

    @Test
    void aCommandThatIsAShell() {
        warns(
                "  steps:\n    - command.run: {argv: [/bin/bash, -ec, \"a | b\"], undo: [sh, script.sh]}\n" + VERIFIED,
                "web.yaml:6:27: spec.steps[0].command.run.argv: runs a shell: a command that fails in the middle goes unseen, "
                        + "and values from expressions are not quoted; run the program itself");
    }

    @Test
    void aPackageThatIsAskedForAndExcluded() {
        warns(
                "  steps:\n    - os.packages: {packages: [nginx, php8.2-fpm=8.2.1], exclude: [\"php?.*-fpm\"]}\n"
                        + VERIFIED,
                "web.yaml:6:67: spec.steps[0].os.packages.exclude: contradicts packages: 'php?.*-fpm' excludes php8.2-fpm, "
                        + "which this step asks for");
    }

    @Test
    void aFileThatEveryoneMayWrite() {
        warns(
                "  steps:\n    - file.put: {path: /etc/motd, content: x, mode: \"0666\"}\n" + VERIFIED,
                "web.yaml:6:53: spec.steps[0].file.put.mode: lets every user of the host write to the file");
    }

    @Test
    void aTimeThatNoWindowHas() {
        warns(
                "  steps:\n    - os.packages: {update: all}\n      timeout: 1d1s\n      rollbackTimeout: 1d\n"
                        + VERIFIED,
                "web.yaml:7:16: spec.steps[0].timeout: longer than a day fits no usual window; the run would be deferred each time");
    }

    @Test
    void aSoakBeforeAnythingWasChanged() {
        warns(
                "  preflight:\n    - service.active: {names: nginx, again: 5m}\n  steps:\n    - os.packages: {update: all}\n"
                        + VERIFIED,
                "web.yaml:6:38: spec.preflight[0].service.active.again: has no effect in preflight, where nothing was changed yet");
    }

    @Test
    void anExpressionInAName() {
        warns(
                "  steps:\n    - name: Update ${{ host.name }}\n      os.packages: {update: all}\n" + VERIFIED,
                "web.yaml:6:13: spec.steps[0].name: expressions are not replaced in names");
    }
}
