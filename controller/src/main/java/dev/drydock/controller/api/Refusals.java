package dev.drydock.controller.api;

import dev.drydock.playbooks.document.Nearest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** What services say when they cannot do what was asked. */
final class Refusals {
    private Refusals() {}

    /** @param problems each names the field, what it holds and what was expected */
    static StatusRuntimeException invalid(List<String> problems) {
        return Status.INVALID_ARGUMENT
                .withDescription(String.join("\n", problems))
                .asRuntimeException();
    }

    static StatusRuntimeException refused(String why) {
        return Status.FAILED_PRECONDITION.withDescription(why).asRuntimeException();
    }

    /** Of what the caller may know of, but not do. */
    static StatusRuntimeException forbidden(String why) {
        return Status.PERMISSION_DENIED.withDescription(why).asRuntimeException();
    }

    /** @param known the names that there are: the nearest one is suggested */
    static StatusRuntimeException notFound(String what, String name, Collection<String> known) {
        String hint = Nearest.to(name, known)
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
        return Status.NOT_FOUND
                .withDescription("There is no " + what + " '" + name + "'." + hint)
                .asRuntimeException();
    }

    /** For ports that say with an {@link IllegalArgumentException} what is wrong with their arguments. */
    static <T> T checked(Supplier<T> port) {
        try {
            return port.get();
        } catch (IllegalArgumentException e) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(e.getMessage())
                    .withCause(e)
                    .asRuntimeException();
        }
    }
}
