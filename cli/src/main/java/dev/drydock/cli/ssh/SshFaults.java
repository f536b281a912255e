package dev.drydock.cli.ssh;

import static dev.drydock.cli.ssh.SshFault.Kind.CONNECTION_REFUSED;
import static dev.drydock.cli.ssh.SshFault.Kind.JUMP_FAILED;
import static dev.drydock.cli.ssh.SshFault.Kind.LOGIN_REFUSED;
import static dev.drydock.cli.ssh.SshFault.Kind.LOST;
import static dev.drydock.cli.ssh.SshFault.Kind.NAME_UNKNOWN;
import static dev.drydock.cli.ssh.SshFault.Kind.NO_COMMON_ALGORITHM;
import static dev.drydock.cli.ssh.SshFault.Kind.NO_ROUTE;
import static dev.drydock.cli.ssh.SshFault.Kind.TIMED_OUT;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** What JSch says, as an operator needs it. */
final class SshFaults {
    private SshFaults() {}

    static SshFault of(JSchException e, Endpoint at, Login login, Duration patience, boolean throughAnother) {
        String said = String.valueOf(e.getMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.startsWith("auth fail")
                || lower.startsWith("auth cancel")
                || lower.contains("too many authentication")) {
            return new SshFault(
                    LOGIN_REFUSED,
                    "it does not let " + at.user() + " in by " + login.words()
                            + said.replaceFirst("(?i)^auth \\w+", ""),
                    "See that the key's public half is in ~" + at.user()
                            + "/.ssh/authorized_keys there, or give another"
                            + " with --ssh-user, --ssh-key or --ssh-password-file. Try: ssh " + at);
        }
        if (e instanceof JSchAlgoNegoFailException) {
            return new SshFault(
                    NO_COMMON_ALGORITHM,
                    "it speaks no algorithm that is still safe: " + said,
                    "Update its OpenSSH; it is too old for this way in.");
        }
        if (has(e, UnknownHostException.class)) {
            return new SshFault(
                    NAME_UNKNOWN,
                    "the name " + at.host() + " is not known here",
                    "Correct address in the file of hosts, or the name service.");
        }
        if (has(e, NoRouteToHostException.class) || lower.contains("network is unreachable")) {
            return new SshFault(NO_ROUTE, "there is no route to " + at.host(), ROUTE);
        }
        if (lower.contains("timeout") || lower.contains("timed out") || has(e, SocketTimeoutException.class)) {
            return new SshFault(
                    TIMED_OUT,
                    "no answer from " + at.host() + " port " + at.port() + " within " + patience.toSeconds() + " s",
                    ROUTE);
        }
        if (has(e, ConnectException.class)) {
            return new SshFault(
                    CONNECTION_REFUSED,
                    at.host() + " refuses connections to port " + at.port(),
                    "Start sshd there, or correct port in the file of hosts.");
        }
        return throughAnother && lower.contains("channel")
                ? new SshFault(
                        JUMP_FAILED,
                        "the jump host before it cannot reach " + at.host() + " port " + at.port() + ", or may not: "
                                + said,
                        "Try from the jump host: ssh -p " + at.port() + " " + at.host()
                                + ". Its sshd must allow it (AllowTcpForwarding).")
                : new SshFault(
                        LOST, "the connection broke off: " + said, "Run this again; it goes on where it stopped.");
    }

    private static final String ROUTE =
            "See that the machine is up, that its address is right, and that no firewall is between; or go through"
                    + " another machine with jump.";

    private static boolean has(Throwable e, Class<? extends Throwable> type) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause).anyMatch(type::isInstance);
    }
}
