package dev.drydock.agent.facts;

/**
 * What the agent knows of itself.
 *
 * @param hostId as the controller gave it at enrolment
 * @param hostName as it is on the controller's record; not what the system calls itself
 */
public record Self(String hostId, String hostName, String agentVersion) {}
