package dev.drydock.controller.api;

import dev.drydock.controller.rollout.Exclusion;
import dev.drydock.controller.rollout.TimedNote;
import dev.drydock.controller.security.Role;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutPreview;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.Wave;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rollouts as one caller may see them: without the lines of hosts that are none of the caller's, and without words about these. */
final class RolloutView {
    private final Sight sight;

    RolloutView(Sight sight) {
        this.sight = sight;
    }

    /** With waves and hosts. */
    Rollout whole(dev.drydock.controller.rollout.Rollout rollout) {
        Rollout.Builder message = RolloutMapper.whole(rollout).toBuilder()
                .setSteerable(sight.steers(rollout, Role.OPERATOR))
                .setApprovable(sight.approves(rollout));
        return sight.whole() ? message.build() : shown(message, rollout);
    }

    /** Without waves, as in lists. */
    Rollout summary(dev.drydock.controller.rollout.Rollout rollout) {
        return sight.whole() ? RolloutMapper.summary(rollout).build() : shown(RolloutMapper.summary(rollout), rollout);
    }

    private Rollout shown(Rollout.Builder message, dev.drydock.controller.rollout.Rollout rollout) {
        message.setReason(sight.veiled(message.getReason(), foreign(rollout)::contains));
        if (!sight.seesAll(rollout)) {
            message.getSpecBuilder().clearSelector();
        }
        // That a host waits is said in our own words, which may name others; a run's reason is its agent's.
        Set<String> waiting = rollout.hosts().stream()
                .filter(host -> host.reason().isEmpty())
                .map(host -> host.host().id())
                .collect(Collectors.toSet());
        return shown(message, waiting);
    }

    private Set<String> foreign(dev.drydock.controller.rollout.Rollout rollout) {
        return Stream.concat(
                        rollout.hosts().stream().map(host -> host.host().name()),
                        rollout.plan().notIncluded().stream().map(Exclusion::host))
                .filter(name -> !sight.sees(name))
                .collect(Collectors.toSet());
    }

    private Rollout shown(Rollout.Builder message, Set<String> waiting) {
        List<Wave> waves = message.getWavesList().stream()
                .map(wave -> shown(wave, waiting))
                .filter(wave -> wave.getHostsCount() > 0)
                .toList();
        List<dev.drydock.proto.v1.Exclusion> left = message.getNotIncludedList().stream()
                .filter(exclusion -> sight.sees(exclusion.getHost()))
                .toList();
        return message.clearWaves()
                .addAllWaves(waves)
                .clearNotIncluded()
                .addAllNotIncluded(left)
                .build();
    }

    private Wave shown(Wave wave, Set<String> waiting) {
        return wave.toBuilder()
                .clearHosts()
                .addAllHosts(wave.getHostsList().stream()
                        .filter(host -> sight.sees(host.getHostId()))
                        .map(host -> waiting.contains(host.getHostId()) ? shown(host) : host)
                        .toList())
                .build();
    }

    private HostRun shown(HostRun host) {
        return host.toBuilder().setReason(sight.veiled(host.getReason(), "")).build();
    }

    RolloutPreview shown(RolloutPreview preview) {
        if (sight.whole()) {
            return preview;
        }
        return preview.toBuilder()
                .setRollout(shown(preview.getRollout().toBuilder(), Set.of()))
                .clearHosts()
                .addAllHosts(preview.getHostsList().stream()
                        .filter(host -> sight.sees(host.getHostId()))
                        .toList())
                .build();
    }

    RolloutUpdate update(dev.drydock.controller.rollout.Rollout rollout, List<TimedNote> notes) {
        if (sight.whole()) {
            return RolloutMapper.update(whole(rollout), rollout, notes);
        }
        Set<String> foreign = foreign(rollout);
        return RolloutMapper.update(
                whole(rollout),
                rollout,
                notes.stream()
                        .filter(note -> note.hostId().isEmpty() || sight.sees(note.hostId()))
                        .map(note -> note.hostId().isEmpty() ? veiled(note, foreign) : note)
                        .toList());
    }

    private TimedNote veiled(TimedNote note, Set<String> foreign) {
        return new TimedNote(note.at(), note.hostId(), sight.veiled(note.text(), foreign::contains));
    }
}
