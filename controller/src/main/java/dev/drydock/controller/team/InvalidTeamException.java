package dev.drydock.controller.team;

import java.util.List;

/** A team that cannot be taken. The message has all its problems, a line each: the field, what it holds, what was expected. */
public final class InvalidTeamException extends Exception {
    InvalidTeamException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
