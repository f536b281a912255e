package dev.drydock.controller.agents;

/**
 * Told after a host came, went, was drained, revoked or found to be cloned. Must return quickly and not throw. Calling it too
 * often does no harm; not calling it only costs time, since {@link HostDirectory} is asked every few seconds anyway.
 */
@FunctionalInterface
public interface HostsListener {
    void hostsChanged();
}
