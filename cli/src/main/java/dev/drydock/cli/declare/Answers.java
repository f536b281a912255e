package dev.drydock.cli.declare;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the controller says of something that it was asked only to look at. */
final class Answers {
    private Answers() {}

    /** Answered: there is none of that name, or it is the same. Another has the name: it differs. Invalid: why. */
    static Finding finding(Supplier<?> call) {
        return finding(call, answer -> Finding.same(true));
    }

    /** @param answered what an answer says */
    static <T> Finding finding(Supplier<T> call, Function<T, Finding> answered) {
        try {
            return answered.apply(call.get());
        } catch (StatusRuntimeException e) {
            return switch (e.getStatus().getCode()) {
                case ALREADY_EXISTS -> Finding.same(false);
                case INVALID_ARGUMENT, FAILED_PRECONDITION -> Finding.refused(said(e.getStatus()));
                default -> throw e;
            };
        }
    }

    private static String said(Status status) {
        return Optional.ofNullable(status.getDescription()).orElse("the controller refuses it");
    }
}
