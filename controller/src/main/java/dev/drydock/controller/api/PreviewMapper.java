package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostPlan;
import dev.drydock.controller.rollout.Forecast;
import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.controller.rollout.RolloutPreview;
import dev.drydock.proto.v1.HostPreview;
import dev.drydock.proto.v1.WaveForecast;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans of rollouts as messages. */
final class PreviewMapper {
    private PreviewMapper() {}

    static dev.drydock.proto.v1.RolloutPreview message(RolloutPreview preview) {
        dev.drydock.proto.v1.Rollout.Builder rollout =
                RolloutMapper.whole(RolloutMachine.planned(preview.plan(), Map.of())).toBuilder()
                        .clearId();
        preview.opening().map(WindowMapper::message).ifPresent(rollout::setOpening);
        dev.drydock.proto.v1.RolloutPreview.Builder message = dev.drydock.proto.v1.RolloutPreview.newBuilder()
                .setRollout(rollout)
                .setRunsKnown(preview.runsKnown())
                .addAllTypical(waves(preview.typical()))
                .addAllSlow(waves(preview.slow()));
        preview.took().map(Times::duration).ifPresent(message::setTypicalRun);
        for (PlannedHost host : preview.plan().hosts()) {
            Optional.ofNullable(preview.hosts().get(host.id()))
                    .map(plan -> message(host, plan))
                    .ifPresent(message::addHosts);
        }
        return message.build();
    }

    private static HostPreview message(PlannedHost host, HostPlan plan) {
        return HostPreview.newBuilder()
                .setHostId(host.id())
                .setHost(host.name())
                .setProblem(plan.problem())
                .addAllSteps(plan.steps())
                .build();
    }

    private static List<WaveForecast> waves(Optional<Forecast> forecast) {
        return forecast.map(Forecast::waves).orElse(List.of()).stream()
                .map(span -> WaveForecast.newBuilder()
                        .setWave(span.wave())
                        .setBegins(Times.timestamp(span.begins()))
                        .setEnds(Times.timestamp(span.ends()))
                        .setOpenings(span.openings())
                        .build())
                .toList();
    }
}
