package dev.drydock.cli.declare;

import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.client.Api;
import dev.drydock.cli.client.RpcErrors;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Plans by what is there, and carries out what was planned. */
final class Applying {
    private final Api api;

    Applying(Api api) {
        this.api = api;
    }

    /** Looks at what is there and asks what would be refused; changes nothing. */
    Plan plan(List<Declared> documents, boolean prune) {
        List<Present> present = new ArrayList<>();
        for (Kind kind : Kinds.ALL) {
            List<Declared> ofKind =
                    documents.stream().filter(one -> one.kind().equals(kind)).toList();
            present.addAll(kind.present(api, ofKind, prune));
        }
        List<Plan.Checked> checked = documents.stream()
                .map(document -> new Plan.Checked(document, document.making().check(api, there(document, present))))
                .toList();
        return Plan.of(checked, present, prune);
    }

    private static Optional<Present> there(Declared document, List<Present> present) {
        return present.stream()
                .filter(one -> one.kind().equals(document.kind()) && one.name().equals(document.name()))
                .findFirst();
    }

    /**
     * How far it came.
     *
     * @param failure why it went no further; empty: all is done
     */
    record Ended(List<Change> done, Optional<Change> failed, Optional<CliException> failure) {
        int exitCode() {
            return failure.map(why -> done.isEmpty() ? why.exitCode() : ExitCode.PARTLY_FAILED)
                    .orElse(ExitCode.DONE);
        }
    }

    /**
     * One step after the other; stops at the first that fails, since the next may need it. To be done again it goes on from there.
     *
     * @param told after each step
     */
    Ended carryOut(Plan plan, Consumer<Change> told) {
        List<Change> done = new ArrayList<>();
        for (Change change : plan.steps()) {
            try {
                carryOut(change);
            } catch (StatusRuntimeException e) {
                return new Ended(
                        done, Optional.of(change), Optional.of(RpcErrors.explain(e, Optional.of(api.target()))));
            }
            done.add(change);
            told.accept(change);
        }
        return new Ended(done, Optional.empty(), Optional.empty());
    }

    private void carryOut(Change change) {
        if (change.action() == Change.Action.REMOVE) {
            change.kind().remove(api, change.present().orElseThrow());
        } else {
            change.declared().orElseThrow().making().make(api, change.present());
        }
    }
}
