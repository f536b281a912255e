package dev.drydock.controller.security;

import java.util.Locale;

/** What a user may do. Each role may do what those before it may. */
public enum Role {
    /** Sees everything, changes nothing. */
    VIEWER,
    /** Makes and steers windows, playbooks and rollouts. */
    OPERATOR,
    /** Lets waves and emergencies begin that another person made. */
    APPROVER,
    /** Lets users and hosts in and out, and says whose playbooks are trusted. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    public static Role lesser(Role one, Role other) {
        return one.includes(other) ? other : one;
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
