package dev.drydock.controller.api;

import dev.drydock.controller.simulation.Bucket;
import dev.drydock.controller.simulation.OpeningUse;
import dev.drydock.controller.simulation.RolloutOutcome;
import dev.drydock.controller.simulation.RolloutOutcome.Caught;
import dev.drydock.proto.v1.HostCounts;
import dev.drydock.proto.v1.Milestone;
import dev.drydock.proto.v1.OpeningOutcome;
import dev.drydock.proto.v1.SimulatedRollout;
import dev.drydock.proto.v1.ThresholdCatch;

/** What simulated rollouts came to, as messages. */
final class SimulatedRolloutMapper {
    private SimulatedRolloutMapper() {}

    static SimulatedRollout message(RolloutOutcome outcome) {
        SimulatedRollout.Builder message = SimulatedRollout.newBuilder()
                .setNumber(outcome.number())
                .setReleasedAt(Times.timestamp(outcome.release()))
                .setState(RolloutMapper.state(outcome.state()))
                .setReason(outcome.reason())
                .setHosts(hosts(outcome));
        Times.timestamp(outcome.endedAt(), message::setEndedAt);
        outcome.milestones()
                .forEach((percent, after) -> message.addMilestones(
                        Milestone.newBuilder().setPercent(percent).setAfterRelease(Times.duration(after))));
        outcome.openings().forEach(opening -> message.addOpenings(opening(opening)));
        outcome.caught().map(SimulatedRolloutMapper::caught).ifPresent(message::setCaught);
        return message.build();
    }

    private static HostCounts hosts(RolloutOutcome outcome) {
        HostCounts.Builder counts = HostCounts.newBuilder();
        outcome.hosts().forEach((Bucket bucket, Integer count) -> {
            switch (bucket) {
                case PATCHED -> counts.setPatched(count);
                case ROLLED_BACK -> counts.setRolledBack(count);
                case ROLLBACK_FAILED -> counts.setRollbackFailed(count);
                case LOST -> counts.setLost(count);
                case OFFLINE -> counts.setOffline(count);
                case BUSY -> counts.setBusy(count);
                case CLUSTER -> counts.setCluster(count);
                case SPARED -> counts.setSpared(count);
                case SUPERSEDED -> counts.setSuperseded(count);
                case NO_TIME -> counts.setNoTime(count);
            }
        });
        return counts.build();
    }

    private static OpeningOutcome opening(OpeningUse use) {
        return OpeningOutcome.newBuilder()
                .setOpens(Times.timestamp(use.opens()))
                .setCloses(Times.timestamp(use.closes()))
                .setBegun(use.begun())
                .setPatched(use.patched())
                .setFailed(use.failed())
                .setDeferred(use.deferred())
                .setOutOfTime(use.outOfTime())
                .setLeftOver(use.leftOver())
                .setSilent(use.silent())
                .setUsedShare(use.usedShare())
                .setPeak(use.peak())
                .setTooShort(use.tooShort())
                .build();
    }

    private static ThresholdCatch caught(Caught caught) {
        return ThresholdCatch.newBuilder()
                .setAt(Times.timestamp(caught.at()))
                .setWave(caught.wave())
                .setWhy(caught.why())
                .setFailed(caught.failed())
                .setBegun(caught.begun())
                .setSpared(caught.spared())
                .setWouldHaveFailed(caught.wouldHaveFailed())
                .build();
    }
}
