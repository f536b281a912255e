package dev.drydock.agent.run;

import dev.drydock.agent.host.Output;

/** The output of one run. */
interface RunOutput extends Output {
    /** In bytes, from the start of the run. */
    long size();

    /** Before an event that names an offset is journaled, the bytes before that offset are on disk. */
    void sync();
}
