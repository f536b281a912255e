package dev.drydock.playbooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.playbooks.library.Library;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.parse.PlaybookParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiffTest {
    private static final String WEB = """
            apiVersion: drydock/v1
            kind: Playbook
            metadata: {name: web}
            spec:
              steps:
                - name: Updates
                  os.packages: {update: security, exclude: [a, b]}
                - name: Restart
                  service.restart: nginx
              verify:
                - service.active: [nginx]
                - service.active: [php]
            """;

    private static Playbook parse(String yaml) throws InvalidPlaybookException {
        return PlaybookParser.parse("web.yaml", yaml);
    }

    private static List<String> diff(String before, String after) throws InvalidPlaybookException {
        return Diff.between(parse(before), parse(after)).stream()
                .map(Difference::toString)
                .toList();
    }

    @Test
    void theSameIsNoDifference() throws InvalidPlaybookException {
        assertThat(diff(WEB, "# other comments\n" + WEB.replace("[a, b]", "[ 'a',  b]")))
                .isEmpty();
    }

    @Test
    void changesNameTheirPath() throws InvalidPlaybookException {
        String after = WEB.replace("{name: web}", "{name: web, maintenance: corrective}")
                .replace("[a, b]", "[a, c]")
                .replace("service.restart: nginx", "service.reload: nginx")
                .replace("name: Updates", "name: Updates\n      timeout: 10m");

        assertThat(diff(WEB, after))
                .containsExactly(
                        "~ metadata.maintenance: \"preventive\" → \"corrective\"",
                        "~ spec.steps[0].os.packages.exclude: [\"a\",\"b\"] → [\"a\",\"c\"]",
                        "+ spec.steps[0].timeout: \"10m\"",
                        "+ spec.steps[1].service.reload: \"nginx\"",
                        "- spec.steps[1].service.restart: \"nginx\"");
    }

    @Test
    void anInsertedStepDoesNotMakeTheOthersDiffer() throws InvalidPlaybookException {
        String after = WEB.replace("    - name: Updates", "    - file.put: {path: /a, content: x}\n    - name: Updates")
                .replace("    - service.active: [nginx]\n", "");

        assertThat(diff(WEB, after))
                .containsExactly(
                        "+ spec.steps[0]: {\"file.put\":{\"content\":\"x\",\"path\":\"/a\"},\"name\":\"file.put\",\"verify\":[]}",
                        "~ spec.verify[0].service.active: [\"nginx\"] → [\"php\"]",
                        "- spec.verify[1]: {\"name\":\"service.active\",\"service.active\":[\"php\"]}");
    }

    @Test
    void swappedStepsAreOneTakenOutAndPutElsewhere() throws InvalidPlaybookException {
        String after = WEB.replace("Updates", "X").replace("Restart", "Updates").replace("X", "Restart");

        assertThat(diff(WEB, after))
                .anyMatch(line -> line.startsWith("+ spec.steps["))
                .anyMatch(line -> line.startsWith("- spec.steps["));
    }

    @Test
    void oneDirectionIsTheOthersOpposite() throws InvalidPlaybookException {
        for (String a : Library.names()) {
            for (String b : Library.names()) {
                List<Difference> there = Diff.between(parse(Library.source(a)), parse(Library.source(b)));
                List<Difference> back = Diff.between(parse(Library.source(b)), parse(Library.source(a)));
                assertThat(there).hasSameSizeAs(back);
                assertThat(there.isEmpty()).isEqualTo(a.equals(b));
            }
        }
    }
}
