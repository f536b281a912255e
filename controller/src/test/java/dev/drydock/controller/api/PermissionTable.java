package dev.drydock.controller.api;

import dev.drydock.controller.api.Permissions.Reach;
import dev.drydock.controller.security.Principal;
import java.util.Optional;

/** The table of permissions, for tests of what stands before the API. By full names of methods. */
public final class PermissionTable {
    private PermissionTable() {}

    /** Empty: the caller may. */
    public static Optional<String> refusal(Principal caller, String method) {
        return Permissions.refusal(caller, method);
    }

    /** Whether it changes something of hosts, so that the service asks for the role for each of these. */
    public static boolean changesHosts(String method) {
        return Permissions.changes(method)
                && Permissions.reach(method).filter(Reach.HOSTS::equals).isPresent();
    }
}
