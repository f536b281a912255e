package dev.drydock.bench.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.bench.report.Figure;
import dev.drydock.bench.report.JsonReport;
import dev.drydock.bench.report.Machine;
import dev.drydock.bench.report.Report;
import dev.drydock.bench.report.Section;
import dev.drydock.bench.targets.Verdict.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {
    private static final Machine MACHINE = new Machine("a cpu", 2, 24_000, "Linux 6", "a JVM", 0.1, "ext4");
    private static final Instant AT = Instant.parse("2026-11-29T19:20:00Z");
    private static final Quantity OURS = Quantity.figure("fleet", "memory", "KiB");
    private static final Quantity BARE = Quantity.figure("bare", "memory", "KiB");

    @Test
    void everyTargetIsInTheTableThoughNothingWasMeasured() {
        String table = TargetTable.of(new Results(List.of()));

        assertThat(Targets.OF_ALL).isNotEmpty();
        Targets.OF_ALL.forEach(target -> assertThat(table.lines())
                .anyMatch(line -> line.contains(target.label())
                        && line.contains(target.wanted())
                        && line.contains("not measured")));
        assertThat(table).contains("0 met, 0 missed", Targets.OF_ALL.size() + " not measured");
    }

    @Test
    void eachTargetHasALabelOfItsOwnAndSaysWhereItIsWrittenWhatWasTried() {
        assertThat(Targets.OF_ALL).extracting(Target::label).doesNotHaveDuplicates();
        assertThat(Targets.OF_ALL)
                .extracting(Target::tried)
                .allMatch(tried -> Path.of("..", tried.split("#")[0]).toFile().exists());
    }

    @Test
    void aFigureIsHeldAgainstItsLimit() {
        Target most = Target.atMost(45, "memory", OURS, "docs");

        assertThat(most.wanted()).isEqualTo("≤ 45 KiB");
        assertThat(most.judge(results(report(AT, "fleet", "memory", 45))).outcome())
                .isEqualTo(Outcome.MET);
        assertThat(most.judge(results(report(AT, "fleet", "memory", 45.1))).outcome())
                .isEqualTo(Outcome.MISSED);
        Target least = Target.atLeast(10, "speed", OURS, "docs");
        assertThat(least.judge(results(report(AT, "fleet", "memory", 9.9))).outcome())
                .isEqualTo(Outcome.MISSED);
        assertThat(least.judge(results(report(AT, "fleet", "memory", 10))).outcome())
                .isEqualTo(Outcome.MET);
    }

    @Test
    void aRatioIsThatOfTheSameRunOrNone() {
        Target target = Target.atMost(1.3, "memory", OURS, "docs").times(BARE);

        Verdict same = target.judge(results(report(AT, "fleet", "memory", 26), report(AT, "bare", "memory", 20)));
        assertThat(same.ratio()).contains(1.3);
        assertThat(same.outcome()).isEqualTo(Outcome.MET);
        assertThat(target.judge(results(report(AT, "fleet", "memory", 27), report(AT, "bare", "memory", 20)))
                        .outcome())
                .isEqualTo(Outcome.MISSED);
        Report ofTheDayBefore = report(AT.minus(Duration.ofDays(1)), "bare", "memory", 20);
        Verdict apart = target.judge(results(report(AT, "fleet", "memory", 26), ofTheDayBefore));
        assertThat(apart.ratio()).isEmpty();
        assertThat(apart.outcome()).isEqualTo(Outcome.NOT_MEASURED);
    }

    @Test
    void thePeersTimeIsDividedByOurs() {
        Target target = Target.atLeast(10, "check", OURS, "docs").fasterThan(BARE);

        Verdict verdict = target.judge(results(report(AT, "fleet", "memory", 2), report(AT, "bare", "memory", 30)));

        assertThat(verdict.ratio()).contains(15.0);
        assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
    }

    @Test
    void aSmallRunMeetsNoTargetOfALargeOne() {
        Target target = Target.atMost(45, "memory", OURS, "docs").of("18,000 ");

        assertThat(target.judge(results(report(AT, "fleet", "memory", 1))).outcome())
                .isEqualTo(Outcome.SMALLER_RUN);
    }

    @Test
    void theLaterOfTwoReportsCountsAndWhatWasKeptIsReadAgain(@TempDir Path directory) {
        Kept kept = new Kept(directory.resolve("latest"));
        assertThat(kept.read().figure("fleet", "memory")).isEmpty();
        kept.write(report(AT, "fleet", "memory", 1));
        kept.write(report(AT.plusSeconds(1), "fleet", "memory", 2));

        assertThat(kept.read().figure("fleet", "memory")).contains(new Figure("memory", "memory", 2, "KiB"));
        assertThat(kept.read().at("fleet")).contains(AT.plusSeconds(1));
        Report back = JsonReport.read(new JsonReport().write(report(AT, "fleet", "memory", 3)));
        assertThat(back).isEqualTo(report(AT, "fleet", "memory", 3));
    }

    private static Results results(Report... reports) {
        return new Results(List.of(reports));
    }

    private static Report report(Instant at, String section, String key, double value) {
        return Report.of(
                at,
                1,
                MACHINE,
                List.of(new Section(section, "1,000 agents", List.of(new Figure(key, key, value, "KiB")))));
    }
}
