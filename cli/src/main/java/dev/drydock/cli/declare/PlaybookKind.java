package dev.drydock.cli.declare;

import dev.drydock.cli.client.Api;
import dev.drydock.cli.client.Pages;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.document.JsonReader;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.document.SyntaxException;
import dev.drydock.playbooks.lint.LintResult;
import dev.drydock.playbooks.lint.Linter;
import dev.drydock.proto.v1.GetPlaybookRequest;
import dev.drydock.proto.v1.ListPlaybooksRequest;
import dev.drydock.proto.v1.ListPlaybooksResponse;
import dev.drydock.proto.v1.Playbook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Playbooks, each with its signature beside it as {@code drydock playbook sign} leaves it. */
final class PlaybookKind implements Kind {
    static final String WORD = "Playbook";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public String folder() {
        return "playbooks";
    }

    @Override
    public Differing differing() {
        return Differing.NEXT_VERSION;
    }

    @Override
    public boolean prunable() {
        return false;
    }

    @Override
    public boolean readsWhole() {
        return true;
    }

    @Override
    public Optional<Declared> read(Reading reading) {
        Source source = reading.source();
        LintResult linted = Linter.lint(source.file(), source.placed());
        linted.errors().forEach(error -> reading.problems()
                .add(new Position(error.line(), error.column()), error.path(), error.message(), error.suggestion()));
        return linted.playbook().flatMap(playbook -> {
            byte[] canonical;
            try {
                canonical = CanonicalForm.write(playbook);
            } catch (IllegalArgumentException e) {
                reading.problems().add(reading.root().at(), "", String.valueOf(e.getMessage()));
                return Optional.empty();
            }
            Path beside = Path.of(source.file() + ".dsse.json");
            return Optional.of(new Declared(
                    this,
                    playbook.name(),
                    source.file(),
                    name(reading.root()),
                    tree(canonical),
                    List.of(),
                    new SignedPlaybook(playbook.name(), source, canonical, beside)));
        });
    }

    static Position name(Node.Mapping root) {
        return root.get("metadata")
                .filter(Node.Mapping.class::isInstance)
                .flatMap(metadata -> ((Node.Mapping) metadata).get("name"))
                .map(Node::at)
                .orElse(root.at());
    }

    @SuppressWarnings("unchecked") // a canonical form is an object
    private static Map<String, Object> tree(byte[] canonical) {
        try {
            return (Map<String, Object>)
                    JsonReader.read(canonical, CanonicalForm.MAX_BYTES).plain();
        } catch (SyntaxException e) {
            throw new IllegalStateException("a canonical form that cannot be read", e);
        }
    }

    @Override
    public List<Present> present(Api api, List<Declared> declared, boolean prune) {
        Set<String> names = declared.stream().map(Declared::name).collect(Collectors.toSet());
        List<Present> present = new ArrayList<>();
        for (Playbook newest : newest(api)) {
            Map<String, Object> tree = names.contains(newest.getName())
                    ? tree(whole(api, newest).getCanonical().getBytes(StandardCharsets.UTF_8))
                    : Map.of();
            present.add(new Present(
                    this,
                    newest.getName(),
                    tree,
                    "",
                    newest.getName() + "@" + newest.getVersion(),
                    List.of(),
                    List.of()));
        }
        return present;
    }

    private static List<Playbook> newest(Api api) {
        return Pages.all(
                        ListPlaybooksRequest.getDefaultInstance(),
                        api.playbooks()::listPlaybooks,
                        ListPlaybooksResponse::getNextPageToken)
                .getPlaybooksList();
    }

    private static Playbook whole(Api api, Playbook playbook) {
        return api.playbooks()
                .getPlaybook(GetPlaybookRequest.newBuilder()
                        .setReference(playbook.getName() + "@" + playbook.getVersion())
                        .build());
    }

    @Override
    public void remove(Api api, Present present) {
        throw new IllegalStateException("versions of playbooks are a record");
    }

    @Override
    public Exports export(Api api, boolean inline) {
        List<Exported> documents = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Playbook newest : newest(api)) {
            Playbook whole = whole(api, newest);
            Map<String, byte[]> beside = new HashMap<>();
            if (!inline && !whole.getEnvelope().isEmpty()) {
                beside.put(
                        whole.getName() + ".yaml.dsse.json", whole.getEnvelope().toByteArray());
            }
            documents.add(new Exported(
                    this,
                    whole.getName(),
                    tree(whole.getCanonical().getBytes(StandardCharsets.UTF_8)),
                    whole.getSourceBytes().toByteArray(),
                    beside));
        }
        if (newest(api).stream().anyMatch(playbook -> playbook.getVersion() > 1)) {
            notes.add("Not written: versions of playbooks before the newest. They stay on the controller.");
        }
        if (inline && !documents.isEmpty()) {
            notes.add("Not written: the signatures of playbooks. Export to a folder to have them.");
        }
        return new Exports(documents, notes);
    }
}
