package dev.drydock.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a host says of itself. */
class DecisionPropertyTest {
    @Provide
    Arbitrary<Map<String, String>> told() {
        Arbitrary<String> keys = Arbitraries.of(
                "arch",
                "os_id",
                "os_like",
                "tools",
                "libc",
                "systemd",
                "free_opt",
                "free_usr",
                "free_var",
                "clock",
                "unit",
                "reach",
                "agent_version",
                "status",
                "enabled",
                "active");
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "yes",
                        "no",
                        "1.2.0",
                        "enabled",
                        "active",
                        "x86_64",
                        "debian",
                        "glibc 2.36",
                        "99999999",
                        "{}",
                        Sights.AGENT,
                        "apt-get apt-get tar"),
                Arbitraries.strings().ofMaxLength(20));
        return Arbitraries.maps(keys, values).ofMaxSize(16);
    }

    @Provide
    Arbitrary<Optional<FleetHost>> known() {
        return Arbitraries.of(
                Optional.<FleetHost>empty(),
                Optional.of(new FleetHost("h-1", "web-01", true, false)),
                Optional.of(new FleetHost("h-1", "web-01", false, true)),
                Optional.of(new FleetHost("h-2", "web-01", false, false)));
    }

    private static Sight sight(Map<String, String> told) {
        StringBuilder text = new StringBuilder();
        told.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return Sight.parse(text.toString());
    }

    @Property
    void itIsJudgedAndTheWayAheadEnds(
            @ForAll("told") Map<String, String> told,
            @ForAll("known") Optional<FleetHost> byId,
            @ForAll("known") Optional<FleetHost> byName,
            @ForAll boolean enrolAnew) {
        Decision.Judged judged =
                Decision.judge(sight(told), Sights.wanted(enrolAnew, Sights.FOLDER, Sights.DEB), byId, byName, false);

        List<Stage> ahead = judged.course().ahead();
        assertThat(ahead).doesNotHaveDuplicates();
        // Where nothing is in the way, whatever is missing is done, and the controller has the last word.
        if (judged.troubles().isEmpty() && !ahead.isEmpty()) {
            assertThat(ahead.getLast()).isEqualTo(Stage.AWAIT);
            assertThat(ahead.contains(Stage.SHIP))
                    .isEqualTo(judged.course().parcel().isPresent());
            assertThat(ahead.contains(Stage.ENROL))
                    .isEqualTo(judged.course().enrolment().isPresent());
        }
    }

    @Property
    void nobodyLosesAnIdentityUnasked(
            @ForAll("told") Map<String, String> told,
            @ForAll("known") Optional<FleetHost> byId,
            @ForAll("known") Optional<FleetHost> byName) {
        Decision.Judged judged = Decision.judge(sight(told), Sights.wanted(false, Sights.FOLDER), byId, byName, false);

        if (judged.course().enrolment().equals(Optional.of(Course.Enrolment.ANEW))) {
            assertThat(judged.troubles()).extracting(Trouble::code).contains("other-identity");
        }
    }
}
