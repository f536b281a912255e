package dev.drydock.controller.web.http;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one part of a page got from the API. Some calls are for the whole fleet only: who may not make them sees the rest of the page.
 *
 * @param refusal why there is no answer; empty: there is one
 */
public record Asked<T>(Optional<T> answer, String refusal) {
    /** @throws StatusRuntimeException for all else than that the user may not ask */
    public static <T> Asked<T> of(Supplier<T> call) {
        try {
            return new Asked<>(Optional.of(call.get()), "");
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.PERMISSION_DENIED) {
                throw e;
            }
            return new Asked<>(Optional.empty(), String.valueOf(e.getStatus().getDescription()));
        }
    }

    public boolean refused() {
        return answer.isEmpty();
    }

    public T get() {
        return answer.orElseThrow();
    }
}
