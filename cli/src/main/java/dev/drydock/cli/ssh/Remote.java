package dev.drydock.cli.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A machine that is logged in to. Commands one at a time; not for several threads. */
public interface Remote extends AutoCloseable {
    /**
     * Runs a command and waits for its end.
     *
     * @param command as the login shell over there reads it; other users of both machines can see it
     * @param input what it reads on its standard input
     * @param limit after which it is given up
     * @throws SshFault when there is no answer
     */
    Answer run(String command, Input input, Duration limit) throws SshFault;

    @Override
    void close();

    /** What a command reads. */
    @FunctionalInterface
    interface Input {
        Input NOTHING = InputStream::nullInputStream;

        InputStream open() throws IOException;
    }

    /**
     * How a command ended, and what it printed.
     *
     * @param exit -1 where the other side did not tell, for a command that was ended by a signal
     * @param out at most {@value SshRemote#MOST} characters
     */
    record Answer(int exit, String out, String err) {
        public boolean ok() {
            return exit == 0;
        }
    }
}
