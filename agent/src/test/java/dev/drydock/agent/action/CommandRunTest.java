package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.ManagedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunTest {
    private static final HostFiles FILES = new HostFiles(Path.of("/"));

    @TempDir
    Path directory;

    private final Action run =
            new CommandRun(new ManagedHost(FILES, new LocalCommands(FILES), new FakeServices(), Optional.empty()));

    @Test
    void runsAndIsUndone() throws Exception {
        String made = directory.resolve("made").toString();
        TestStep step = new TestStep(directory);
        StepContext context = step.with(Map.of(
                "argv", List.of("sh", "-c", "echo \"$WORD\"; touch " + made),
                "undo", List.of("rm", "-f", made),
                "env", Map.of("WORD", "hello"),
                "creates", made));
        assertThat(run.plan(context).irreversible()).isEmpty();
        Struct prepared = run.prepare(context, run.plan(context));
        run.apply(context, prepared);
        run.verify(context, prepared, false);
        assertThat(step.output()).contains("hello");
        assertThat(run.plan(context).nothingToDo()).as("creates").isTrue();

        run.rollback(context, prepared);
        run.rollback(context, prepared);
        assertThat(Path.of(made)).doesNotExist();
        assertThat(run.verifyRollback(context, prepared))
                .singleElement()
                .asString()
                .endsWith("is gone again");
    }

    @Test
    void withoutUndoThereIsNoWayBackAndTheRollbackSaysSo() throws Exception {
        StepContext context = context(Map.of("argv", List.of("true")));
        assertThat(run.plan(context).irreversible()).contains("how to undo 'true'");
        Struct prepared = run.prepare(context, run.plan(context));
        run.apply(context, prepared);
        run.rollback(context, prepared);
        assertThat(run.verifyRollback(context, prepared))
                .singleElement()
                .asString()
                .startsWith("NOT undone");
    }

    @Test
    void aFailureHasExitCodeAndTail() throws Exception {
        StepContext context = context(Map.of("argv", List.of("sh", "-c", "echo no >&2; exit 7")));
        Struct prepared = run.prepare(context, run.plan(context));
        assertThatThrownBy(() -> run.apply(context, prepared)).isInstanceOfSatisfying(ActionException.class, e -> {
            assertThat(e.exitCode()).hasValue(7);
            assertThat(e.tail()).isEqualTo("no\n");
        });
    }

    @Test
    void whatDoesNotEndIsEnded() throws Exception {
        StepContext context = new TestStep(directory, Duration.ofSeconds(1))
                .with(Map.of("argv", List.of("sleep", "600"), "undo", List.of("true")));
        Struct prepared = run.prepare(context, run.plan(context));
        assertThatThrownBy(() -> run.apply(context, prepared)).hasMessageContaining("did not end in time");
    }

    @Test
    void anUndoThatIsNotThereIsFoundBeforeTheChange() throws Exception {
        StepContext context = context(Map.of("argv", List.of("true"), "undo", List.of("no-such-program")));
        assertThatThrownBy(() -> run.prepare(context, run.plan(context))).hasMessageContaining("no-such-program");
    }

    @Test
    void whetherItWasDoneWhenCutOffCannotBeTold() throws Exception {
        StepContext context = context(Map.of("argv", List.of("true"), "undo", List.of("true")));
        Struct prepared = run.prepare(context, run.plan(context));
        assertThatThrownBy(() -> run.verify(context, prepared, true)).hasMessageContaining("cut off");
    }

    @Test
    void whatItShouldHaveMadeMustBeThere() throws Exception {
        String made = directory.resolve("made").toString();
        StepContext context = context(Map.of("argv", List.of("true"), "undo", List.of("true"), "creates", made));
        Struct prepared = run.prepare(context, run.plan(context));
        run.apply(context, prepared);
        assertThatThrownBy(() -> run.verify(context, prepared, false)).hasMessageContaining("did not make " + made);
        Files.createFile(Path.of(made));
        assertThatThrownBy(() -> run.verifyRollback(context, prepared)).hasMessageContaining("still there");
    }

    private StepContext context(Map<String, Object> args) {
        return new TestStep(directory).with(args);
    }
}
