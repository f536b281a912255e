package dev.drydock.agent.host.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastAnswerTest {
    private static final Selection ALL = new Selection(Selection.Scope.ALL, List.of(), List.of());
    private static final Selection SECURITY = new Selection(Selection.Scope.SECURITY, List.of(), List.of());

    private final LastAnswer<Selection, Transaction> last = new LastAnswer<>();
    private final List<Selection> asked = new ArrayList<>();

    private Transaction plan(Selection selection, String fingerprint) throws Exception {
        return last.to(selection, fingerprint, wanted -> {
            asked.add(wanted);
            return new Transaction(List.of(), List.of("held " + asked.size()));
        });
    }

    @Test
    void isAskedAgainWhenTheHostOrTheQuestionChanged() throws Exception {
        Transaction first = plan(ALL, "as it is");
        assertThat(plan(ALL, "as it is")).isEqualTo(first);
        assertThat(asked).containsExactly(ALL);

        assertThat(plan(ALL, "one package later")).isNotEqualTo(first);
        assertThat(plan(SECURITY, "one package later")).isNotEqualTo(first);
        assertThat(asked).containsExactly(ALL, ALL, SECURITY);
    }
}
