package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.StepState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** {@code docs/state-machines.md} is made from the tables. {@code -Ddrydock.write-docs=true} writes it anew. */
class StateMachinesPageTest {
    private static final Path PAGE = Path.of("../docs/state-machines.md");

    @Test
    void thePageIsUpToDate() throws IOException {
        String page = page();
        if (Boolean.getBoolean("drydock.write-docs")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("write it anew: build/mvn.sh -pl agent -am test -Dtest=StateMachinesPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -DargLine=-Ddrydock.write-docs=true")
                .hasContent(page);
    }

    private static String page() {
        return """
                # State machines of the agent

                Made from the tables in `dev.drydock.agent.run` by `StateMachinesPageTest`, which fails when this page is not up to date;
                `MachineCoverageTest` fails when a row is not gone through by a simulated run. What the states mean for a
                playbook's author is in the reference of the playbook language.

                ## A run
                """
                + diagram(RunMachine.TABLE)
                + """
                `lost` is the controller's word for a run that did not report before its deadline. The agent knows no such state, and what
                it says later still wins.

                """
                + meanings(RunTrigger.values(), RunTrigger::meaning)
                + """

                ## A step of a run
                """
                + diagram(StepMachine.STEPS)
                + meanings(StepMachine.StepTrigger.values(), StepMachine.StepTrigger::meaning)
                + """

                ## A preflight or final check of a run
                """
                + diagram(StepMachine.CHECKS)
                + meanings(StepMachine.CheckTrigger.values(), StepMachine.CheckTrigger::meaning);
    }

    /** Arrows between the same two states are one, with all their triggers. */
    private static <S extends Enum<S>, T extends Enum<T>> String diagram(TransitionTable<S, T> table) {
        Map<String, String> arrows = new LinkedHashMap<>();
        for (TransitionTable.Row<S, T> row : table.rows()) {
            arrows.merge(name(row.from()) + " --> " + name(row.to()), name(row.trigger()), (a, b) -> a + " / " + b);
        }
        StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> ");
        text.append(name(table.rows().getFirst().from())).append('\n');
        arrows.forEach((arrow, triggers) ->
                text.append("    ").append(arrow).append(" : ").append(triggers).append('\n'));
        List<S> ends = table.rows().stream()
                .map(TransitionTable.Row::to)
                .distinct()
                .filter(table::isFinal)
                .toList();
        ends.forEach(end -> text.append("    ").append(name(end)).append(" --> [*]\n"));
        return text.append("```\n\n").toString();
    }

    private static <T extends Enum<T>> String meanings(T[] triggers, Function<T, String> meaning) {
        StringBuilder text = new StringBuilder("| on | means |\n|---|---|\n");
        Arrays.stream(triggers).forEach(trigger -> text.append("| ")
                .append(name(trigger))
                .append(" | ")
                .append(meaning.apply(trigger))
                .append(" |\n"));
        return text.toString();
    }

    private static String name(Enum<?> constant) {
        String name = constant.name().toLowerCase(Locale.ROOT);
        return constant instanceof StepState && name.startsWith("step_") ? name.substring("step_".length()) : name;
    }
}
