package dev.drydock.controller.team;

import dev.drydock.controller.outgoing.OutgoingUrl;
import java.net.URI;

/** Where a team is told over HTTP. */
public record Webhook(URI url, WebhookSecret secret) {
    /** Without what may be a secret. */
    public String shown() {
        return OutgoingUrl.shown(url);
    }

    @Override
    public String toString() {
        return shown();
    }
}
