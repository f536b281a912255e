package dev.drydock.controller.team;

import java.util.List;

/** Teams on record. Each change is durable when it returns. */
public interface TeamStore {
    /** By name. */
    List<Team> all();

    /** In place of the one of its name, if there is one. */
    void put(Team team);

    void delete(String name);
}
