package dev.drydock.controller.api;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on failed calls. */
final class Statuses {
    private Statuses() {}

    static AbstractThrowableAssert<?, ? extends Throwable> assertFails(Status.Code code, ThrowingCallable call) {
        return Assertions.assertThatThrownBy(call)
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> Assertions.assertThat(
                                e.getStatus().getCode())
                        .as(String.valueOf(e.getStatus().getDescription()))
                        .isEqualTo(code));
    }
}
