package dev.drydock.cli.command;

import com.google.protobuf.Value;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.AuditEntry;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Entries of the audit log as people read them. */
final class AuditView {
    /** What a request is about, where it says one of these. */
    private static final List<String> NAMES = List.of("name", "id", "host", "rollout", "digest");

    private AuditView() {}

    static List<String> list(List<AuditEntry> entries, Output output) {
        Table table = Table.of("SEQ", "AT", "USER", "WHAT", "OUTCOME", "FROM");
        entries.forEach(entry -> table.row(
                Cell.of(entry.getSeq()),
                Cell.of(output.times().at(entry.getAt())),
                Cell.orDash(
                        entry.getCredential().isEmpty()
                                ? entry.getUser()
                                : entry.getUser() + " (" + entry.getCredential() + ")"),
                Cell.of(what(entry)),
                outcome(entry),
                Cell.orDash(entry.getAddress())));
        return output.list(table, "No entries.");
    }

    /** {@code CreateTeam dba}, {@code refused CreateTeam}, {@code login how=password}. */
    private static String what(AuditEntry entry) {
        String method = entry.getMethod().substring(entry.getMethod().lastIndexOf('/') + 1);
        Stream<String> detail =
                new TreeMap<>(entry.getDetailMap()).entrySet().stream().map(one -> one.getKey() + "=" + one.getValue());
        return Stream.concat(
                        Stream.of(entry.getKind().equals("begun") ? "" : entry.getKind(), method, name(entry)), detail)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String name(AuditEntry entry) {
        return NAMES.stream()
                .map(name -> entry.getRequest()
                        .getFieldsOrDefault(name, Value.getDefaultInstance())
                        .getStringValue())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Cell outcome(AuditEntry entry) {
        String code = entry.getOutcome().getCode();
        if (code.isEmpty()) {
            return entry.getKind().equals("begun") ? Cell.of("under way") : Cell.orDash("");
        }
        if (code.equals("OK")) {
            return Cell.of("ok");
        }
        String said = entry.getOutcome().getDescription();
        return new Cell("! " + code + (said.isEmpty() ? "" : ": " + said), Style.BAD);
    }
}
