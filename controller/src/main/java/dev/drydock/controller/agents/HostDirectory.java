package dev.drydock.controller.agents;

import java.util.List;
import java.util.Optional;

/** Who is in the fleet. */
public interface HostDirectory {
    /** All hosts, revoked ones too, by name. */
    List<HostView> all();

    /** By id or name. */
    Optional<HostView> find(String idOrName);
}
