package dev.drydock.controller;

import dev.drydock.controller.security.audit.AuditEvent;
import dev.drydock.controller.security.audit.AuditTrail;
import dev.drydock.controller.security.login.LoginEvents;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts logins, and what becomes another about them, into the audit log. Nobody is let in of whom it cannot tell. */
final class AuditedLogins implements LoginEvents {
    private static final Logger log = LoggerFactory.getLogger(AuditedLogins.class);

    private final AuditTrail trail;

    AuditedLogins(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void loggedIn(String user, String address, String session) {
        trail.recordNow(
                AuditEvent.of("login").by(user).using("session " + session).from(address));
    }

    @Override
    public void refused(String name, String address, Why why) {
        var unused = trail.failed(AuditEvent.of("login-failed")
                        .by(name)
                        .from(address)
                        .with("why", why.name().toLowerCase(Locale.ROOT)))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        log.error("a refused login is not in the audit log", failure);
                    }
                });
    }

    @Override
    public void changed(String user, What what, String by) {
        trail.recordNow(AuditEvent.of("account")
                .by(by)
                .with("user", user)
                .with("what", what.name().toLowerCase(Locale.ROOT)));
    }
}
