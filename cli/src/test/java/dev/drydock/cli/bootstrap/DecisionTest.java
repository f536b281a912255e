package dev.drydock.cli.bootstrap;

import static dev.drydock.cli.bootstrap.Sights.DEB;
import static dev.drydock.cli.bootstrap.Sights.FOLDER;
import static dev.drydock.cli.bootstrap.Sights.bare;
import static dev.drydock.cli.bootstrap.Sights.member;
import static dev.drydock.cli.bootstrap.Sights.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {
    private static final FleetHost ONLINE = new FleetHost("h-1", "web-01", true, false);
    private static final FleetHost OFFLINE = new FleetHost("h-1", "web-01", false, false);
    private static final FleetHost REVOKED = new FleetHost("h-1", "web-01", false, true);

    private static Decision.Judged judge(Sight seen, Wanted wanted, FleetHost known) {
        return Decision.judge(seen, wanted, Optional.of(known), Optional.of(known), false);
    }

    private static Decision.Judged judge(Sight seen, Wanted wanted) {
        return Decision.judge(seen, wanted, Optional.empty(), Optional.empty(), false);
    }

    private static List<String> codes(Decision.Judged judged) {
        return judged.troubles().stream().map(Trouble::code).toList();
    }

    @Test
    void aBareHostGetsAll() {
        Decision.Judged judged = judge(bare(), wanted(false, FOLDER));

        assertThat(judged.troubles()).isEmpty();
        assertThat(judged.course().parcel()).contains(FOLDER);
        assertThat(judged.course().ahead())
                .containsExactly(Stage.SHIP, Stage.INSTALL, Stage.ENROL, Stage.START, Stage.AWAIT);
    }

    @Test
    void itsOwnKindOfPackageGoesBeforeTheFolder() {
        assertThat(judge(bare(), wanted(false, FOLDER, DEB)).course().parcel()).contains(DEB);
        assertThat(judge(bare("os_id", "rocky", "os_like", "rhel centos fedora"), wanted(false, FOLDER, DEB))
                        .course()
                        .parcel())
                .contains(FOLDER);
    }

    @Test
    void oneThatMissesNothingIsLeftAloneWhateverElseIsWrongWithIt() {
        Decision.Judged judged =
                judge(bare(member("free_var", "1", "reach", "no route", "clock", "1")), wanted(false, DEB), ONLINE);

        assertThat(judged.troubles()).isEmpty();
        assertThat(judged.course().afterLook()).isEqualTo(Outcome.NOTHING_MISSING);
    }

    @Test
    void onlyWhatIsMissingIsDone() {
        assertThat(judge(bare(member("active", "inactive")), wanted(false, FOLDER), OFFLINE)
                        .course()
                        .ahead())
                .containsExactly(Stage.START, Stage.AWAIT);
        assertThat(judge(bare(member()), wanted(false, FOLDER), OFFLINE)
                        .course()
                        .ahead())
                .containsExactly(Stage.AWAIT);
        assertThat(judge(bare(member("agent_version", "1.1.0")), wanted(false, FOLDER), ONLINE)
                        .course()
                        .ahead())
                .containsExactly(Stage.SHIP, Stage.INSTALL, Stage.START, Stage.AWAIT);
        assertThat(judge(bare("agent_version", "1.2.0"), wanted(false, FOLDER))
                        .course()
                        .ahead())
                .containsExactly(Stage.ENROL, Stage.START, Stage.AWAIT);
    }

    @Test
    void anIdentityWithoutAnAgentIsLookedAtOnceOneIsThere() {
        Decision.Judged first = Decision.judge(
                bare("identity", "yes"), wanted(false, FOLDER), Optional.empty(), Optional.of(OFFLINE), false);

        assertThat(first.troubles()).isEmpty();
        assertThat(first.course().ahead()).containsExactly(Stage.SHIP, Stage.INSTALL, Stage.START, Stage.AWAIT);
    }

    @Test
    void whatRunsAfterAnInstallIsNotWhatIsThere() {
        Decision.Judged judged =
                Decision.judge(bare(member()), wanted(false, FOLDER), Optional.of(ONLINE), Optional.of(ONLINE), true);

        assertThat(judged.course().ahead()).containsExactly(Stage.START, Stage.AWAIT);
    }

    @Test
    void whatWasInstalledAndIsNotTheAgentIsNotInstalledForEver() {
        assertThat(codes(Decision.judge(bare(), wanted(false, FOLDER), Optional.empty(), Optional.empty(), true)))
                .containsExactly("agent-does-not-start");
    }

    @Test
    void aCertificateThatEndedIsMadeAnewForTheSameHost() {
        String ended = Sights.AGENT.replace("\"certificateExpired\":false", "\"certificateExpired\":true");

        assertThat(judge(bare(member("status", ended)), wanted(false, FOLDER), OFFLINE)
                        .course()
                        .enrolment())
                .contains(Course.Enrolment.AGAIN);
    }

    @Test
    void anIdentityIsGivenUpOnlyWhenSomebodySaysSo() {
        assertThat(codes(judge(bare(member()), wanted(false, FOLDER), REVOKED))).containsExactly("other-identity");
        assertThat(codes(judge(bare(member()), wanted(false, FOLDER)))).containsExactly("other-identity");

        Decision.Judged anew = judge(bare(member()), wanted(true, FOLDER), REVOKED);
        assertThat(anew.troubles()).isEmpty();
        assertThat(anew.course().enrolment()).contains(Course.Enrolment.ANEW);
    }

    @Test
    void aNameThatAnotherHostHasIsNotTakenFromIt() {
        FleetHost other = new FleetHost("h-2", "web-01", true, false);

        assertThat(codes(Decision.judge(bare(), wanted(false, FOLDER), Optional.empty(), Optional.of(other), false)))
                .containsExactly("name-taken");
        assertThat(codes(Decision.judge(
                        bare(),
                        wanted(false, FOLDER),
                        Optional.empty(),
                        Optional.of(new FleetHost("h-2", "web-01", false, true)),
                        false)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "systemd, no, no-systemd",
        "arch, s390x, architecture",
        "libc, musl, musl",
        "libc, glibc 2.12, old-glibc",
        "tools, apt-get dpkg gzip, no-tar",
        "free_opt, 1000, disk-full",
        "free_var, 1000, disk-full",
        "reach, connection refused, controller-unreachable",
        "clock, 1000, clock",
    })
    void whatIsInTheWayIsSaid(String key, String value, String code) {
        assertThat(codes(judge(bare(key, value), wanted(false, FOLDER)))).containsExactly(code);
    }

    @Test
    void aSystemOfNoFamilyIsSaid() {
        assertThat(codes(judge(bare("os_id", "void", "tools", "tar gzip"), wanted(false, FOLDER))))
                .containsExactly("unknown-system");
    }

    @Test
    void allThatIsInTheWayIsSaidAtOnce() {
        assertThat(codes(judge(
                        bare("systemd", "no", "free_opt", "1", "reach", "no route", "libc", "glibc 2.5"),
                        wanted(false, FOLDER))))
                .containsExactly("no-systemd", "old-glibc", "disk-full", "controller-unreachable");
    }

    @ParameterizedTest
    @CsvSource({
        "FOLDER, 1.2.0, 1.2.0, true",
        "FOLDER, 1.2.0-1, 1.2.0, false",
        "DEB, 1.2.0, 1.2.0, true",
        "DEB, 1.2.0-1, 1.2.0, true",
        "DEB, 0.1.0~SNAPSHOT, 0.1.0-SNAPSHOT, true",
        "RPM, 0.1.0~SNAPSHOT-1, 0.1.0-SNAPSHOT, true",
        "RPM, 1.2.0-1, 1.2, false",
        "DEB, 1.2.0-1, 1.2.0-2, false",
    })
    void aVersionIsKnownHoweverItsPackageWritesIt(Parcel.Kind kind, String parcel, String told, boolean same) {
        assertThat(new Parcel(kind, java.nio.file.Path.of("x"), parcel, "x86_64", Optional.empty(), 1).isVersion(told))
                .isEqualTo(same);
    }
}
