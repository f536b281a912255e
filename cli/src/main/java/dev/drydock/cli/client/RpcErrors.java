package dev.drydock.cli.client;

import dev.drydock.cli.CliException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a failed call means to a person, and which exit code it has. The controller's own sentence is kept where there is one. */
public final class RpcErrors {
    private RpcErrors() {}

    public static CliException explain(StatusRuntimeException failure, Optional<Target> target) {
        Status status = failure.getStatus();
        String said = Optional.ofNullable(status.getDescription()).orElse("");
        return switch (status.getCode()) {
            case INVALID_ARGUMENT ->
                CliException.usage(or(said, "The controller refused the request as malformed."), "");
            case FAILED_PRECONDITION, PERMISSION_DENIED, ALREADY_EXISTS ->
                CliException.refused(or(said, "The controller refused it (" + status.getCode() + ")."), "");
            case UNAUTHENTICATED ->
                CliException.refused(
                        or(said, "The controller does not know the token."),
                        "Run drydock login with a valid token"
                                + target.map(t -> " for context " + t.context()).orElse("") + ".");
            case UNAVAILABLE -> unreachable(status, said, target);
            case DEADLINE_EXCEEDED ->
                CliException.failed(
                        "The controller" + at(target) + " did not answer in time.",
                        "Check its load and its log, then try again.");
            case UNIMPLEMENTED ->
                CliException.failed(
                        "The controller" + at(target) + " does not know this call.",
                        "It is older than this program, or is no Drydock controller: compare drydock version with it.");
            default ->
                CliException.failed(
                        or(said, "The controller answered " + status.getCode() + "."),
                        status.getCode() == Status.Code.NOT_FOUND ? "" : "Its log may say more.");
        };
    }

    private static CliException unreachable(Status status, String said, Optional<Target> target) {
        if (status.getCause() == null
                && !said.isEmpty()
                && !said.toLowerCase(java.util.Locale.ROOT).contains("io exception")) {
            return CliException.failed(said, "Try again in a moment.");
        }
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return CliException.failed(
                        "Cannot trust the controller" + at(target) + ": " + sentence(cause.getMessage()),
                        "Compare ca.crt in the controller's data directory with "
                                + target.map(t -> t.ca().toString()).orElse("the CA file")
                                + ", and the address with the names that its certificate carries.");
            }
            if (cause instanceof UnknownHostException) {
                return CliException.failed(
                        "Cannot find the controller" + at(target) + ": the name does not resolve.",
                        "Check the address (drydock login --address HOST:PORT, or DRYDOCK_ADDRESS).");
            }
        }
        Throwable cause = status.getCause();
        return CliException.failed(
                "Cannot reach the controller" + at(target) + ": " + sentence(cause == null ? said : cause.getMessage()),
                "Check that drydock-controller runs there and that nothing between blocks the port.");
    }

    private static String at(Optional<Target> target) {
        return target.map(t -> " at " + t.address()).orElse("");
    }

    private static String sentence(@Nullable String text) {
        String plain = text == null || text.isBlank() ? "no reason was given" : text.strip();
        return plain.endsWith(".") ? plain : plain + ".";
    }

    private static String or(String said, String fallback) {
        return said.isEmpty() ? fallback : said;
    }
}
