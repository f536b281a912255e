package dev.drydock.agent.session;

import dev.drydock.proto.agent.v1.Hello;

/**
 * What this process says of itself in each Hello.
 *
 * @param instanceId random per process
 */
record Greeting(String agentVersion, String bootId, String instanceId) {
    static final int PROTOCOL_MIN = 1;
    static final int PROTOCOL_MAX = 1;

    Hello.Builder hello() {
        return Hello.newBuilder()
                .setAgentVersion(agentVersion)
                .setBootId(bootId)
                .setInstanceId(instanceId)
                .setProtocolMin(PROTOCOL_MIN)
                .setProtocolMax(PROTOCOL_MAX);
    }
}
