package dev.drydock.agent.identity;

import io.grpc.Status;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says in one line why a call to the controller failed. */
public final class ConnectFault {
    private ConnectFault() {}

    /** @param now by this host's clock, which may be what is wrong */
    public static String explain(Status status, ControllerAddress address, Instant now) {
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            Optional<String> known = explain(cause, address, now);
            if (known.isPresent()) {
                return known.get();
            }
        }
        String said = status.getDescription() == null
                ? "no reason given"
                : status.getDescription().replaceAll("\\s+", " ");
        return switch (status.getCode()) {
            case UNAVAILABLE -> "the connection to " + address + " was cut off (" + said + ")";
            case UNIMPLEMENTED ->
                "what answers at " + address + " is not where a controller listens for agents (usually port "
                        + ControllerAddress.DEFAULT_PORT + "): " + said;
            default -> "the controller at " + address + " answered " + status.getCode() + ": " + said;
        };
    }

    private static Optional<String> explain(Throwable cause, ControllerAddress address, Instant now) {
        return switch (cause) {
            case FingerprintTrust.ForeignAuthorityException foreign ->
                Optional.of(
                        "what answers at " + address + " is not the controller of this token: " + foreign.getMessage());
            case CertificateExpiredException _ -> Optional.of(clock(address, "has expired", now));
            case CertificateNotYetValidException _ -> Optional.of(clock(address, "is not valid yet", now));
            case CertPathValidatorException path
            when !isTime(path) ->
                Optional.of("what answers at " + address
                        + " has a certificate that this host's authority did not sign: it is not its controller");
            case SSLPeerUnverifiedException _ ->
                Optional.of("the controller's certificate is not for the name " + address.host()
                        + "; use a name that it is for, or start the controller with --advertise " + address.host());
            case SSLException tls
            when String.valueOf(tls.getMessage()).contains("alert") ->
                Optional.of("the controller at " + address + " refuses this host's certificate (" + tls.getMessage()
                        + "): it has ended or is revoked, or a clock is wrong; this host says it is " + now);
            case UnknownHostException _ -> Optional.of("the name " + address.host() + " cannot be resolved");
            case ConnectException refused ->
                Optional.of("nothing answers at " + address + " (" + refused.getMessage() + ")");
            default -> Optional.empty();
        };
    }

    private static boolean isTime(CertPathValidatorException path) {
        return path.getReason() == CertPathValidatorException.BasicReason.EXPIRED
                || path.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID;
    }

    private static String clock(ControllerAddress address, String what, Instant now) {
        return "the certificate of the controller at " + address + " " + what + " by this host's clock, which says "
                + now + "; check the clocks of both";
    }
}
