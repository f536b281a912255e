package dev.drydock.controller.team;

import dev.drydock.controller.outgoing.OutgoingUrl;
import java.net.URI;

/** An incoming webhook of Slack, or of a server that takes the same. Whoever knows the URL can write there: all of it is a secret. */
public record ChatHook(URI url) {
    /** Without what is secret. */
    public String shown() {
        return OutgoingUrl.shown(url);
    }

    @Override
    public String toString() {
        return shown();
    }
}
