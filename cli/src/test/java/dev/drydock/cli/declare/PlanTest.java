package dev.drydock.cli.declare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.client.Api;
import dev.drydock.cli.declare.Change.Action;
import dev.drydock.playbooks.document.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Kind WINDOW = Kinds.of("Window").orElseThrow();
    private static final Kind CALENDAR = Kinds.of("Calendar").orElseThrow();
    private static final Kind ROLLOUT = Kinds.of("Rollout").orElseThrow();
    private static final Kind PLAYBOOK = Kinds.of("Playbook").orElseThrow();

    /** Plans ask nobody. */
    private static final Declared.Making NOBODY = new Declared.Making() {
        @Override
        public Finding check(Api api, Optional<Present> present) {
            throw new AssertionError("a plan is made of what is known");
        }

        @Override
        public void make(Api api, Optional<Present> present) {
            throw new AssertionError("a plan does nothing");
        }
    };

    static Plan.Checked wanted(Kind kind, String name, Map<String, Object> tree, Reference... needs) {
        return new Plan.Checked(
                new Declared(kind, name, name + ".yaml", Position.START, tree, List.of(needs), NOBODY),
                Finding.NOTHING);
    }

    static Present there(Kind kind, String name, Map<String, Object> tree) {
        return Present.of(kind, name, tree, "etag");
    }

    private static Reference needs(String kind, String name) {
        return new Reference(kind, name, "spec", new Position(7, 3));
    }

    private static List<String> said(Plan plan) {
        return plan.changes().stream()
                .map(change -> change.action() + " " + change.what() + " " + change.notes())
                .toList();
    }

    @Test
    void whatIsMissingIsMadeWhatDiffersChangedAndTheRestLeft() {
        Plan plan = Plan.of(
                List.of(
                        wanted(WINDOW, "new", Map.of("zone", "UTC")),
                        wanted(WINDOW, "other", Map.of("zone", "UTC", "cutoff", "5m")),
                        wanted(WINDOW, "same", Map.of("zone", "UTC")),
                        wanted(PLAYBOOK, "web", Map.of("spec", 2L))),
                List.of(
                        there(WINDOW, "other", Map.of("zone", "Asia/Tokyo", "hosts", "true")),
                        there(WINDOW, "same", Map.of("zone", "UTC")),
                        there(WINDOW, "foreign", Map.of()),
                        new Present(PLAYBOOK, "web", Map.of("spec", 1L), "", "web@4", List.of(), List.of())),
                false);

        assertThat(said(plan))
                .containsExactly(
                        "NEXT_VERSION Playbook web [as the next version after web@4]",
                        "CREATE Window new []",
                        "CHANGE Window other []",
                        "UNCHANGED Window same []");
        assertThat(plan.changes().get(2).differences())
                .extracting(Object::toString)
                .containsExactly("+ cutoff: \"5m\"", "- hosts: \"true\"", "~ zone: \"Asia/Tokyo\" → \"UTC\"");
        assertThat(PlanText.summary(plan)).isEqualTo("1 to create, 1 to change, 1 to push, 1 unchanged.");
    }

    @Test
    void whatTheControllerKnowsBetterWins() {
        Declared link = wanted(CALENDAR, "c", Map.of("url", "https://c/…")).declared();
        Present there = there(CALENDAR, "c", Map.of("url", "https://c/…"));

        assertThat(said(Plan.of(List.of(new Plan.Checked(link, Finding.same(false))), List.of(there), false)))
                .containsExactly(
                        "CHANGE Calendar c [it differs in what is not shown: the rest of a link, for example]");
        assertThat(said(Plan.of(List.of(new Plan.Checked(link, Finding.same(true))), List.of(there), false)))
                .containsExactly("UNCHANGED Calendar c []");
        assertThat(said(Plan.of(List.of(new Plan.Checked(link, Finding.refused("no\nnever"))), List.of(), false)))
                .containsExactly("REFUSED Calendar c [no, never]");
    }

    @Test
    void whatIsNamedHasToBeInTheFilesOrThere() {
        Plan plan = Plan.of(
                List.of(
                        wanted(CALENDAR, "a", Map.of()),
                        wanted(
                                WINDOW,
                                "w",
                                Map.of(),
                                needs("Calendar", "a"),
                                needs("Calendar", "b"),
                                needs("Calendar", "c"))),
                List.of(there(CALENDAR, "b", Map.of())),
                false);

        assertThat(said(plan))
                .containsExactly(
                        "CREATE Calendar a []",
                        "REFUSED Window w [w.yaml:7:3: spec: there is no calendar c, neither in the files nor on the"
                                + " controller]");
        assertThat(plan.refused()).isTrue();
    }

    @Test
    void aRolloutIsMadeOnce() {
        Present running = new Present(ROLLOUT, "r", Map.of("hosts", "true"), "", "running", List.of(), List.of("w"));

        assertThat(said(Plan.of(List.of(wanted(ROLLOUT, "r", Map.of("hosts", "true"))), List.of(running), false)))
                .containsExactly("UNCHANGED Rollout r []");
        assertThat(said(Plan.of(List.of(wanted(ROLLOUT, "r", Map.of("hosts", "false"))), List.of(running), false)))
                .containsExactly(
                        "REFUSED Rollout r [there is another of that name (running), and what was planned once is"
                                + " not changed; give the new one a new name]");
    }

    @Test
    void pruneTakesOnlyKindsThatFilesHaveAndNothingThatIsStillNamed() {
        List<Present> present = List.of(
                there(WINDOW, "kept", Map.of()),
                there(WINDOW, "gone", Map.of()),
                new Present(CALENDAR, "of-kept", Map.of(), "e", "", List.of("window kept"), List.of()),
                new Present(CALENDAR, "of-gone", Map.of(), "e", "", List.of("window gone"), List.of()),
                new Present(CALENDAR, "of-rollout", Map.of(), "e", "", List.of("rollout r"), List.of()),
                there(CALENDAR, "of-nobody", Map.of()),
                new Present(ROLLOUT, "r", Map.of(), "", "running", List.of(), List.of("gone")));
        Plan.Checked window = wanted(WINDOW, "kept", Map.of(), needs("Calendar", "of-kept"));

        Plan windows = Plan.of(List.of(window), present, true);
        assertThat(said(windows))
                .containsExactly(
                        "REMOVE Window gone [made before, and going on by the window as it was: rollout r]",
                        "UNCHANGED Window kept []");
        assertThat(windows.notes()).containsExactly("The files have no Calendar, so that none is removed.");

        Plan both = Plan.of(List.of(window, wanted(CALENDAR, "new", Map.of())), present, true);
        assertThat(said(both))
                .containsExactly(
                        "CREATE Calendar new []",
                        "REMOVE Calendar of-gone []",
                        "STAYS Calendar of-kept [in no file, and named by window kept]",
                        "REMOVE Calendar of-nobody []",
                        "STAYS Calendar of-rollout [in no file, and named by rollout r]",
                        "REMOVE Window gone [made before, and going on by the window as it was: rollout r]",
                        "UNCHANGED Window kept []");
        assertThat(both.steps())
                .extracting(Change::what)
                .as("a window goes before the calendar that it names")
                .containsExactly("Calendar new", "Window gone", "Calendar of-gone", "Calendar of-nobody");
    }

    @Test
    void aNewRolloutHoldsTheWindowThatItNames() {
        Plan.Checked rollout = wanted(ROLLOUT, "r", Map.of(), needs("Window", "w"));
        Plan.Checked other = wanted(WINDOW, "other", Map.of());
        Present window = there(WINDOW, "w", Map.of());

        assertThat(Plan.of(List.of(rollout, other), List.of(window), true).changes())
                .extracting(Change::action)
                .containsExactly(Action.CREATE, Action.STAYS, Action.CREATE);
        assertThat(Plan.of(List.of(rollout, other), List.of(window, there(ROLLOUT, "r", Map.of())), true)
                        .changes())
                .as("one that was made keeps the window that it was made with")
                .extracting(Change::action)
                .containsExactly(Action.CREATE, Action.REMOVE, Action.UNCHANGED);
    }

    @Test
    void stepsGoInAnOrderInWhichEachFindsWhatItNeeds() {
        Plan plan = Plan.of(
                List.of(
                        wanted(ROLLOUT, "r", Map.of(), needs("Window", "w"), needs("Playbook", "p")),
                        wanted(WINDOW, "w", Map.of(), needs("Calendar", "c")),
                        wanted(PLAYBOOK, "p", Map.of()),
                        wanted(CALENDAR, "c", Map.of())),
                List.of(),
                true);

        assertThat(plan.steps())
                .extracting(Change::what)
                .containsExactly("Playbook p", "Calendar c", "Window w", "Rollout r");
    }
}
