package dev.drydock.controller.contract;

/** There is no contract of this name. */
public final class UnknownContractException extends RuntimeException {
    UnknownContractException(String name) {
        super("There is no contract '" + name + "'.");
    }
}
