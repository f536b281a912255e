package dev.drydock.controller.agents;

import dev.drydock.controller.security.IssuedCertificate;
import dev.drydock.controller.security.TokenRefusedException;
import dev.drydock.controller.security.TokenText;
import dev.drydock.proto.facts.v1.Host;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Hosts on record. Implemented by the store. What returns a value is durable when it returns, and blocks until then; what
 * returns a future can be called where nothing may block for long.
 */
public interface HostStore {
    /** All hosts, revoked ones too, by name. */
    List<HostRecord> all();

    /** By id, else by name. */
    Optional<HostRecord> find(String idOrName);

    Set<String> revoked();

    /** @throws TokenRefusedException when the token would let nobody in now. Changes nothing. */
    void check(TokenText token);

    /**
     * Takes one use of the token and puts host and certificate on record, all or nothing. The host gets the token's labels.
     *
     * @throws TokenRefusedException when the token lets nobody in; nothing is on record
     */
    HostRecord enrol(NewHost host, TokenText token);

    /**
     * Takes one use of the token and puts the certificate on record, all or nothing, of a host that keeps its identity. Its labels
     * stay as they are. Empty when there is no such host, or it is revoked or marked as cloned: the token is not used.
     *
     * @throws TokenRefusedException when the token lets nobody in; nothing is on record
     */
    Optional<HostRecord> enrolAgain(String hostId, IssuedCertificate certificate, TokenText token);

    /** Puts a renewed certificate on record. False when there is no such host or it is revoked: nothing is on record. */
    boolean renewed(String hostId, IssuedCertificate certificate);

    /** @throws IllegalArgumentException with all that is wrong with the labels that it would have */
    Optional<HostRecord> label(String idOrName, Map<String, String> set, Set<String> remove);

    Optional<HostRecord> drain(String idOrName, boolean drained);

    Optional<HostRecord> revoke(String idOrName);

    CompletableFuture<Boolean> cloned(String hostId);

    Optional<HostRecord> clearClone(String idOrName);

    CompletableFuture<Boolean> reported(String hostId, String digest, Host facts);

    /** Many in one write. Never takes a host's last sighting back. */
    CompletableFuture<Boolean> seen(Map<String, Sighting> sightings);
}
