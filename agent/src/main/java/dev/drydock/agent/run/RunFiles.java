package dev.drydock.agent.run;

import dev.drydock.agent.disk.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of a run are. */
record RunFiles(Path directory) implements WorkDirs {
    Path journal() {
        return directory.resolve("journal");
    }

    Path output() {
        return directory.resolve("output.log");
    }

    /** The signed envelope of the playbook, so that the run can go on whatever becomes of the cache. */
    Path playbook() {
        return directory.resolve("playbook.json");
    }

    /** A {@link ClockFile}. */
    Path clock() {
        return directory.resolve("clock");
    }

    /** Exists when everything of the run is durable at the controller. */
    Path delivered() {
        return directory.resolve("delivered");
    }

    Path steps() {
        return directory.resolve("steps");
    }

    Path checks() {
        return directory.resolve("checks");
    }

    @Override
    public Path ofStep(int index) throws IOException {
        return Files.createDirectories(steps().resolve(Integer.toString(index)));
    }

    @Override
    public Path emptyOfStep(int index) throws IOException {
        DurableFiles.deleteTree(steps().resolve(Integer.toString(index)));
        return ofStep(index);
    }

    @Override
    public Path ofChecks() throws IOException {
        return Files.createDirectories(checks());
    }
}
