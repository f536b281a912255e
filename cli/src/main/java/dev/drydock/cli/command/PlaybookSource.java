package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.Difference;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.proto.v1.GetPlaybookRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Playbooks from wherever they are: a file, or the controller. */
final class PlaybookSource {
    private static final Pattern REFERENCE = Pattern.compile("[a-z0-9][a-z0-9-]*(@[0-9]{1,9})?");

    private PlaybookSource() {}

    /** {@code web-monthly@7}. */
    static String reference(dev.drydock.proto.v1.Playbook playbook) {
        return playbook.getName() + "@" + playbook.getVersion();
    }

    static Table table(List<dev.drydock.proto.v1.Playbook> playbooks, Times times) {
        Table table = Table.of("PLAYBOOK", "MAINTENANCE", "SIGNED BY", "PUSHED", "DESCRIPTION");
        playbooks.forEach(playbook -> table.row(
                Cell.of(reference(playbook)),
                Cell.of(playbook.getMaintenance()),
                Cell.of(playbook.getSigner()),
                Cell.of(times.atAndRelative(playbook.getPushedAt())),
                Cell.orDash(playbook.getDescription())));
        return table;
    }

    /** A file of that name where there is one, else what the controller has under that reference. */
    static Playbook resolve(App app, String what) {
        Path path = Path.of(what);
        if (!Files.exists(path) && REFERENCE.matcher(what).matches()) {
            return fromController(app, what);
        }
        try {
            return PlaybookParser.parse(what, PlaybookFile.read(path).content());
        } catch (InvalidPlaybookException e) {
            throw CliException.failed(
                    String.valueOf(e.getMessage()), "Compare it when drydock playbook lint has no errors.");
        }
    }

    private static Playbook fromController(App app, String reference) {
        String canonical = app.api()
                .playbooks()
                .getPlaybook(
                        GetPlaybookRequest.newBuilder().setReference(reference).build())
                .getCanonical();
        try {
            return CanonicalForm.read(canonical.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidPlaybookException e) {
            throw CliException.failed(
                    "The controller's " + reference + " cannot be read: " + e.getMessage(),
                    "Compare drydock version with the controller's.");
        }
    }

    static Map<String, Object> tree(String before, String after, List<Difference> differences) {
        return Map.of(
                "before",
                before,
                "after",
                after,
                "differences",
                differences.stream().map(PlaybookSource::tree).toList());
    }

    private static Map<String, String> tree(Difference difference) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("path", difference.path());
        difference.before().ifPresent(json -> tree.put("before", json));
        difference.after().ifPresent(json -> tree.put("after", json));
        return tree;
    }
}
