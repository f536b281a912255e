package dev.drydock.cli.watch;

import dev.drydock.cli.output.Messages;
import dev.drydock.proto.v1.RolloutUpdate;
import java.io.PrintStream;

/** A program: one JSON object a line, each update as the controller sent it. */
final class JsonAudience implements Audience {
    private final PrintStream out;
    private final PrintStream err;

    JsonAudience(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void update(RolloutUpdate update) {
        out.println(Messages.jsonLine(update));
        out.flush();
    }

    @Override
    public void tick() {}

    @Override
    public void trouble(String what) {
        err.println(what);
        err.flush();
    }

    @Override
    public void ended() {}

    @Override
    public void left() {}
}
