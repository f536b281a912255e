package dev.drydock.controller.agents;

import java.util.List;
import java.util.Optional;

/** Who is in the fleet. */
public interface HostDirectory {
    /** All hosts, revoked ones too, by name. While nothing changed it may be the same list; when hosts were last heard may be a second old. */
    List<HostView> all();

    /** By id or name. */
    Optional<HostView> find(String idOrName);
}
