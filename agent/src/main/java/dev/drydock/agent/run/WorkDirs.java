package dev.drydock.agent.run;

import java.io.IOException;
import java.nio.file.Path;

/** Directories for what steps and checks keep; each exists when it is returned. */
interface WorkDirs {
    Path ofStep(int index) throws IOException;

    /** The same with nothing in it. */
    Path emptyOfStep(int index) throws IOException;

    Path ofChecks() throws IOException;
}
