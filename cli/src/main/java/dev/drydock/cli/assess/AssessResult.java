package dev.drydock.cli.assess;

import dev.drydock.cli.bootstrap.Trouble;
import dev.drydock.proto.facts.v1.Host;
import java.util.List;
import java.util.Optional;

/**
 * How one host was looked at.
 *
 * @param facts with its name and labels; empty: nobody got in
 * @param notes what could not be read of it
 * @param trouble why nobody got in, or why it could not be recorded
 */
public record AssessResult(
        String name, String address, Optional<Host> facts, List<String> notes, Optional<Trouble> trouble) {
    public boolean failed() {
        return trouble.isPresent();
    }

    public AssessResult with(Trouble why) {
        return new AssessResult(name, address, facts, notes, Optional.of(why));
    }
}
