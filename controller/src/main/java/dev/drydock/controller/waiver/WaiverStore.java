package dev.drydock.controller.waiver;

import java.util.List;

/** Waivers on record. Each change is durable when it returns. */
public interface WaiverStore {
    /** By name, those that are over too. */
    List<Waiver> all();

    /** In place of the one of its name, if there is one. */
    void put(Waiver waiver);
}
