package dev.drydock.e2e.upgrade;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.ListHostsResponse;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.Run;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code drydock} of some version, as root types it on the controller's machine.
 *
 * @param program its path there
 */
record Desk(LabHost machine, String program) {
    String ok(String arguments) {
        return machine.sh("cd /root && " + program + " " + arguments);
    }

    /** What all versions have of it: fields are added, never renamed. */
    @SuppressWarnings("unchecked")
    <M extends Message> M json(M type, String arguments) {
        String text = ok(arguments + " --output json");
        Message.Builder builder = type.newBuilderForType();
        try {
            JsonFormat.parser().merge(text, builder);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("no JSON of " + type.getDescriptorForType().getFullName() + ": " + text, e);
        }
        return (M) builder.build();
    }

    /** Those that are connected and have reported what they are. */
    long hostsOnline() {
        return json(ListHostsResponse.getDefaultInstance(), "host list").getHostsList().stream()
                .filter(host ->
                        host.getOnline() && host.getFacts().getPackages().getInstalled() > 0)
                .count();
    }

    Rollout rollout(String name) {
        return json(Rollout.getDefaultInstance(), "rollout show " + name);
    }

    /** By host. */
    Map<String, RunState> states(String rollout) {
        Map<String, RunState> states = new TreeMap<>();
        runs(rollout).forEach(run -> states.put(run.getHost(), run.getState()));
        return states;
    }

    /** Without what is no part of it but of who asks. */
    Run run(String rollout, String host) {
        String id = runs(rollout)
                .filter(run -> run.getHost().equals(host))
                .findFirst()
                .orElseThrow()
                .getRunId();
        return json(Run.getDefaultInstance(), "run show " + id).toBuilder()
                .clearSteerable()
                .build();
    }

    private Stream<HostRun> runs(String rollout) {
        return rollout(rollout).getWavesList().stream().flatMap(wave -> wave.getHostsList().stream());
    }
}
