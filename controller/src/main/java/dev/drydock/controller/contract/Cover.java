package dev.drydock.controller.contract;

import java.time.Instant;
import java.util.Optional;

/**
 * What the contract in force says of something at the time when it came.
 *
 * @param contract its name; empty: there is none
 * @param included false: charged apart; what is not in scope never is included
 * @param responseDue empty: none is promised
 * @param fixDue empty: none is promised
 */
public record Cover(
        Scope scope,
        String contract,
        String client,
        boolean included,
        Optional<Instant> responseDue,
        Optional<Instant> fixDue) {
    public static final Cover NONE =
            new Cover(Scope.OUT_OF_CONTRACT, "", "", false, Optional.empty(), Optional.empty());
}
