package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.facts.v1.Certificate;
import java.util.ArrayList;
import java.util.List;

/** How a host's certificates look to people. */
final class CertificatesView {
    private CertificatesView() {}

    static Table table(List<Certificate> certificates, Times times) {
        Table table = Table.of("CERTIFICATE", "FOR", "ISSUER", "ENDS", "USED BY", "");
        for (Certificate one : certificates) {
            String names = one.getNamesCount() == 0 ? one.getSubject() : String.join(" ", one.getNamesList());
            List<String> wrong = wrong(one);
            table.row(
                    Cell.of(one.getLocation()),
                    Cell.of(names.isEmpty() ? "-" : names),
                    Cell.of(one.getIssuer().isEmpty() ? "-" : one.getIssuer()),
                    Cell.of(one.hasNotAfter() ? times.atAndRelative(one.getNotAfter()) : "-"),
                    Cell.of(one.getUsedByCount() == 0 ? "-" : String.join(" ", one.getUsedByList())),
                    wrong.isEmpty() ? Cell.of("") : new Cell(String.join(", ", wrong), Style.WARN));
        }
        return table;
    }

    private static List<String> wrong(Certificate one) {
        if (!one.getTrouble().isEmpty()) {
            return List.of(one.getTrouble());
        }
        List<String> wrong = new ArrayList<>();
        if (!one.getKey().isEmpty() && !one.getKeyMatches()) {
            wrong.add("its key " + one.getKey() + " belongs to another one");
        }
        if (!one.getChainInOrder()) {
            wrong.add("its chain is not in order");
        }
        return wrong;
    }
}
