package dev.drydock.controller.contract;

import java.util.List;

/** A contract that cannot be taken. The message has all its problems, a line each: the field, what it holds, what was expected. */
public final class InvalidContractException extends Exception {
    InvalidContractException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
