package dev.drydock.agent.run;

import java.nio.file.Path;

/** Where the files of a run are. */
record RunFiles(Path directory) {
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

    /** Exists when everything of the run is durable at the controller. */
    Path delivered() {
        return directory.resolve("delivered");
    }

    Path steps() {
        return directory.resolve("steps");
    }

    Path step(int index) {
        return steps().resolve(Integer.toString(index));
    }

    Path checks() {
        return directory.resolve("checks");
    }
}
