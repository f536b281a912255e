package dev.drydock.controller.security;

import dev.drydock.proto.facts.v1.Host;

/** A role for some hosts, or for the whole fleet. */
public record Grant(Role role, HostScope hosts) {
    public static Grant everywhere(Role role) {
        return new Grant(role, HostScope.WHOLE);
    }

    public boolean gives(Role least, Host host) {
        return role.includes(least) && hosts.covers(host);
    }

    /** For people. */
    @Override
    public String toString() {
        return role.word() + (hosts.whole() ? "" : " for " + hosts.expression());
    }
}
