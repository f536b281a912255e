package dev.drydock.cli.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Logs in to machines, through others where that is the way. For several threads. */
public final class SshConnector {
    private static final Duration ALIVE = Duration.ofSeconds(15);
    private static final int SILENCES = 3;

    /** Without certificates: what a person compares is a key. */
    private static final String PLAIN_HOST_KEYS = Stream.of(
                    JSch.getConfig("server_host_key").split(","))
            .filter(name -> !name.contains("-cert-"))
            .collect(Collectors.joining(","));

    private final KnownHosts known;
    private final Confirming confirming;
    private final Duration patience;

    /** @param patience for one machine to answer and to let in */
    public SshConnector(KnownHosts known, Confirming confirming, Duration patience) {
        this.known = known;
        this.confirming = confirming;
        this.patience = patience;
    }

    /** A machine on the way, and what is shown to it. */
    public record Hop(Endpoint endpoint, Login login) {}

    /**
     * @param through the machines on the way, the nearest first
     * @throws SshFault says which of them it is about
     */
    public Remote connect(Hop target, List<Hop> through) throws SshFault {
        Deque<Session> open = new ArrayDeque<>();
        try {
            for (Hop hop : through) {
                open.push(onTheWay(hop, open));
            }
            open.push(session(target, open));
            return new SshRemote(open);
        } catch (SshFault | RuntimeException e) {
            open.forEach(Session::disconnect);
            throw e;
        }
    }

    private Session onTheWay(Hop hop, Deque<Session> open) throws SshFault {
        try {
            return session(hop, open);
        } catch (SshFault e) {
            throw new SshFault(
                    e.isDistrust() ? e.kind() : SshFault.Kind.JUMP_FAILED,
                    "the jump host " + hop.endpoint() + ": " + e.getMessage(),
                    e.next());
        }
    }

    private Session session(Hop hop, Deque<Session> open) throws SshFault {
        Endpoint endpoint = hop.endpoint();
        HostKeyCheck check = new HostKeyCheck(endpoint, known, confirming);
        try {
            Session session = new JSch().getSession(endpoint.user(), endpoint.host(), endpoint.port());
            session.setHostKeyRepository(check);
            session.setIdentityRepository(hop.login().identities());
            hop.login().password().ifPresent(text -> session.setPassword(text.getBytes(StandardCharsets.UTF_8)));
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("server_host_key", PLAIN_HOST_KEYS);
            // Nobody is asked by JSch, and a server with Kerberos does not keep us waiting.
            session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
            session.setServerAliveInterval((int) ALIVE.toMillis());
            session.setServerAliveCountMax(SILENCES);
            session.setDaemonThread(true);
            if (!open.isEmpty()) {
                session.setProxy(new JumpProxy(open.peek()));
            }
            session.connect((int) patience.toMillis());
            return session;
        } catch (JSchException e) {
            throw check.fault().orElseGet(() -> SshFaults.of(e, endpoint, hop.login(), patience, !open.isEmpty()));
        }
    }
}
