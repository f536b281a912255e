package dev.drydock.e2e.docs;

import dev.drydock.e2e.docs.Desk.Outcome;
import dev.drydock.e2e.docs.TypedText.Statement;
import java.util.List;

/** How many calls of our programs each page has, and how many of them were typed. */
final class Report {
    private final StringBuilder lines = new StringBuilder();
    private int there;
    private int run;

    void add(Page page, List<Outcome> outcomes) {
        int ofPage = 0;
        int ofJourneys = 0;
        for (Page.Block block : page.blocks()) {
            int calls = TypedText.statements(page, block).stream()
                    .mapToInt(statement -> statement.calls().size())
                    .sum();
            ofPage += calls;
            ofJourneys += block.journey().isEmpty() ? 0 : calls;
        }
        int typed = outcomes.stream()
                .filter(outcome ->
                        !outcome.exitCode().isEmpty() && !outcome.prepared().fails())
                .map(outcome -> outcome.prepared().statement())
                .map(Statement::calls)
                .mapToInt(List::size)
                .sum();
        if (ofPage > 0) {
            there += ofPage;
            run += typed + ofJourneys;
            lines.append("%4d of %4d  %s%n".formatted(typed + ofJourneys, ofPage, page.name()));
        }
    }

    void print() {
        System.out.println("documented calls that were typed:");
        System.out.print(lines);
        System.out.println("%4d of %4d".formatted(run, there));
    }
}
