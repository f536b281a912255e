package dev.drydock.controller.assessment;

import java.util.List;
import java.util.Optional;

/** Assessments on record, one a name. What changes something is durable when it returns. */
public interface AssessmentStore {
    /** By name. */
    List<Assessment> all();

    Optional<Assessment> find(String name);

    /** Takes the place of the one of its name. */
    void put(Assessment assessment);

    /** False: there is none. */
    boolean delete(String name);
}
