package dev.drydock.cli.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether one machine is the one that is meant, by its host key: the fingerprints that were given for it, else the file of known
 * hosts, else a person who is shown the fingerprint. Never anything else. For one connection.
 */
final class HostKeyCheck implements HostKeyRepository {
    private final Endpoint endpoint;
    private final KnownHosts known;
    private final Confirming confirming;
    private @Nullable SshFault fault;
    private byte @Nullable [] believed;

    HostKeyCheck(Endpoint endpoint, KnownHosts known, Confirming confirming) {
        this.endpoint = endpoint;
        this.known = known;
        this.confirming = confirming;
    }

    /** Why the key was not believed. */
    Optional<SshFault> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public int check(String host, byte[] key) {
        if (believed != null && java.util.Arrays.equals(believed, key)) {
            return OK;
        }
        String shown = Fingerprint.type(key) + " " + Fingerprint.of(key);
        if (!endpoint.fingerprints().isEmpty()) {
            return given(key, shown);
        }
        return switch (known.standing(endpoint.lookup(), key)) {
            case KNOWN -> believe(key);
            case REVOKED ->
                refuse(
                        SshFault.Kind.HOST_KEY_REVOKED,
                        "its host key " + shown + " is marked as revoked in " + known.file(),
                        "Give the machine new host keys, and write down its new fingerprint.");
            case CHANGED ->
                refuse(
                        SshFault.Kind.HOST_KEY_CHANGED,
                        "its host key has changed: it shows " + shown + ", which is not what " + known.file()
                                + " knows for " + endpoint.lookup() + ". Another machine may answer in its place",
                        "Find out why, for example on its console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub."
                                + " If the machine was made anew: ssh-keygen -R '" + endpoint.lookup() + "' -f "
                                + known.file() + ", then run this again.");
            case UNKNOWN -> unknown(key, shown);
        };
    }

    private int given(byte[] key, String shown) {
        return endpoint.fingerprints().contains(Fingerprint.of(key))
                ? believe(key)
                : refuse(
                        SshFault.Kind.HOST_KEY_CHANGED,
                        "its host key is not the one that hostKey gives: it shows " + shown + ", expected "
                                + String.join(" or ", endpoint.fingerprints())
                                + ". Another machine may answer in its place",
                        "Compare on its console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. If that is what it"
                                + " shows, correct hostKey in the file of hosts.");
    }

    private int unknown(byte[] key, String shown) {
        if (confirming.confirm(endpoint, Fingerprint.type(key), Fingerprint.of(key))) {
            try {
                known.add(endpoint.lookup(), key);
            } catch (IOException e) {
                return refuse(
                        SshFault.Kind.HOST_KEY_UNKNOWN,
                        "its host key cannot be written to " + known.file() + ": " + e.getMessage(),
                        "Give another file with --known-hosts, or the fingerprint as hostKey in the file of hosts.");
            }
            return believe(key);
        }
        return refuse(
                SshFault.Kind.HOST_KEY_UNKNOWN,
                "its host key is not known: it shows " + shown,
                "Compare on its console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. If it is the same, write"
                        + " hostKey: " + Fingerprint.of(key) + " to this host in the file of hosts, or confirm it at a"
                        + " terminal.");
    }

    private int believe(byte[] key) {
        believed = key.clone();
        return OK;
    }

    private int refuse(SshFault.Kind kind, String message, String next) {
        fault = new SshFault(kind, message, next);
        return kind == SshFault.Kind.HOST_KEY_UNKNOWN ? NOT_INCLUDED : CHANGED;
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return known.file().toString();
    }

    @Override
    public HostKey[] getHostKey() {
        return getHostKey(endpoint.lookup(), null);
    }

    @Override
    public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
        return endpoint.fingerprints().isEmpty() ? known.keys(endpoint.lookup(), type) : new HostKey[0];
    }

    @Override
    public void add(HostKey key, @Nullable UserInfo person) {
        // Only what a person was asked of is kept, and that is done above.
    }

    @Override
    public void remove(String host, String type) {
        // What is known stays known.
    }

    @Override
    public void remove(String host, String type, byte @Nullable [] key) {
        // What is known stays known.
    }
}
