package dev.drydock.agent.session;

import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.PlanRequest;

/** Work that the controller asks for and that takes time: begun here, done elsewhere; answers come back as messages to send. */
interface Duties {
    void offer(Offer offer);

    void plan(PlanRequest request);

    /** @param refreshLists has the package manager read its archives' lists first */
    void facts(boolean refreshLists);
}
