package dev.drydock.controller.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drydock.proto.v1.StandingGroup;
import dev.drydock.proto.v1.StandingTotals;
import dev.drydock.proto.v1.TrendPoint;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class TrendChartTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");

    @Test
    void aDayIsAColumnInParts() {
        TrendChart chart = TrendChart.of(List.of(day("2026-11-24", 6, 2, 1, 1)), TODAY);
        assertThat(chart.bars()).extracting(TrendChart.Bar::part).containsExactly("good", "due", "unknown", "late");
        assertThat(chart.bars().getFirst().height()).isCloseTo(TrendChart.HEIGHT * 0.6, within(0.001));
        assertThat(chart.bars().getFirst().left() + chart.bars().getFirst().width())
                .isCloseTo(TrendChart.WIDTH, within(0.001));
        assertThat(chart.bars().getFirst().style())
                .isEqualTo("left:509.28pt;bottom:0.00pt;width:5.72pt;height:38.40pt");
        assertThat(chart.from()).isEqualTo("2026-11-24");
    }

    @Test
    void whatIsNotOfAllHostsOrTooOldIsNotShown() {
        TrendPoint ofTeam = day("2026-11-24", 1, 0, 0, 0).toBuilder()
                .setGroup(day("2026-11-24", 1, 0, 0, 0).getGroup().toBuilder().setLabel("team"))
                .build();
        TrendPoint ofPolicy = day("2026-11-24", 1, 0, 0, 0).toBuilder()
                .setGroup(day("2026-11-24", 1, 0, 0, 0).getGroup().toBuilder().setPolicy("web"))
                .build();
        assertThat(TrendChart.of(
                                List.of(ofTeam, ofPolicy, day("2026-08-26", 1, 0, 0, 0), day("2026-11-25", 1, 0, 0, 0)),
                                TODAY)
                        .bars())
                .isEmpty();
        assertThat(TrendChart.of(List.of(day("2026-11-24", 0, 0, 0, 0)), TODAY).from())
                .isEmpty();
    }

    @Property
    void columnsStayInTheBox(
            @ForAll @IntRange(max = 20_000) int compliant,
            @ForAll @IntRange(max = 20_000) int due,
            @ForAll @IntRange(max = 20_000) int unknown,
            @ForAll @IntRange(max = 20_000) int late,
            @ForAll @IntRange(max = 89) int ago) {
        List<TrendChart.Bar> bars = TrendChart.of(
                        List.of(day(TODAY.minusDays(ago).toString(), compliant, due, unknown, late)), TODAY)
                .bars();
        double top = bars.stream().mapToDouble(TrendChart.Bar::height).sum();
        assertThat(top).isCloseTo(compliant + due + unknown + late == 0 ? 0 : TrendChart.HEIGHT, within(0.01));
        assertThat(bars).allSatisfy(bar -> {
            assertThat(bar.left()).isBetween(0.0, TrendChart.WIDTH);
            assertThat(bar.bottom() + bar.height()).isLessThanOrEqualTo(TrendChart.HEIGHT + 0.01);
        });
    }

    private static TrendPoint day(String day, int compliant, int due, int unknown, int late) {
        return TrendPoint.newBuilder()
                .setDay(day)
                .setGroup(StandingGroup.newBuilder()
                        .setTotals(StandingTotals.newBuilder()
                                .setHosts(compliant + due + unknown + late)
                                .setCompliant(compliant)
                                .setDue(due)
                                .setUnknown(unknown)
                                .setLate(late)))
                .build();
    }
}
