package dev.drydock.agent.session;

import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityException;
import dev.drydock.agent.identity.IdentityStore;
import dev.drydock.agent.identity.RenewalSchedule;
import dev.drydock.agent.identity.Tls;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which identity connections use. A renewed one is tried on the next connection; the old one counts until the controller
 * welcomed the new. For one thread.
 */
final class Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

    private final IdentityStore store;
    private final RenewalSchedule schedule;
    private Identity current;
    private SSLSocketFactory tls;
    private Optional<Candidate> candidate = Optional.empty();
    private Instant renewAt;
    private boolean asking;

    private record Candidate(IdentityStore.Staged staged, SSLSocketFactory tls) {}

    Credentials(IdentityStore store, Identity current, RenewalSchedule schedule) throws IdentityException {
        this.store = store;
        this.current = current;
        this.schedule = schedule;
        this.tls = Tls.of(current);
        this.renewAt = schedule.due(current.certificate());
    }

    Identity identity() {
        return candidate.map(c -> c.staged().identity()).orElse(current);
    }

    SSLSocketFactory tls() {
        return candidate.map(Candidate::tls).orElse(tls);
    }

    /** Whether to ask for a new certificate now; once said, not again before an answer. */
    boolean shouldRenew(Instant now) {
        if (asking || candidate.isPresent() || now.isBefore(renewAt)) {
            return false;
        }
        asking = true;
        return true;
    }

    /**
     * The controller issued it: on disk, and used for the next connection.
     *
     * @return whether it can be tried
     */
    boolean renewed(Identity identity, Instant now) {
        asking = false;
        try {
            candidate = Optional.of(new Candidate(store.stage(identity), Tls.of(identity)));
            return true;
        } catch (IOException | IdentityException e) {
            notRenewed("it cannot be kept: " + e.getMessage(), now);
            return false;
        }
    }

    void notRenewed(String why, Instant now) {
        asking = false;
        renewAt = schedule.retry(current.certificate(), now);
        LOG.warn(
                "the certificate of this host, good until {}, is not renewed ({}); tried again at {}",
                current.expires(),
                why,
                renewAt);
    }

    /** The controller welcomed the identity that is in use. */
    void welcomed() {
        if (candidate.isEmpty()) {
            return;
        }
        Candidate proven = candidate.get();
        try {
            store.adopt(proven.staged());
            LOG.info(
                    "the certificate is renewed, good until {}",
                    proven.staged().identity().expires());
        } catch (IOException e) {
            // It is in use all the same; after a restart the old one is, and is renewed again.
            LOG.error("the renewed certificate cannot be made the one that counts: {}", e.toString());
        }
        current = proven.staged().identity();
        tls = proven.tls();
        candidate = Optional.empty();
        renewAt = schedule.due(current.certificate());
    }

    /** A connection failed before the controller welcomed it. */
    void failed(String why, Instant now) {
        if (candidate.isPresent()) {
            candidate = Optional.empty();
            notRenewed("the new one did not work: " + why, now);
            try {
                store.removeOthers();
            } catch (IOException e) {
                LOG.warn("a certificate that did not work cannot be removed: {}", e.toString());
            }
        }
    }
}
