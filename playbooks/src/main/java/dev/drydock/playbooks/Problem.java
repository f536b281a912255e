package dev.drydock.playbooks;

import java.util.Optional;

/**
 * One thing that is wrong with a playbook file.
 *
 * @param line from 1
 * @param column from 1
 * @param path where in the document, for example {@code spec.steps[2].os.packages.update}
 * @param message what is wrong and what was expected
 * @param suggestion the nearest valid name, where there is one
 */
public record Problem(String file, int line, int column, String path, String message, Optional<String> suggestion) {
    /** {@code web.yaml:12:7: spec.steps[2]: unknown action os.package; did you mean os.packages?} */
    @Override
    public String toString() {
        return text("");
    }

    /** The same with how grave it is: {@code web.yaml:9:14: warning: spec.onFailure: …}. */
    public String text(String severity) {
        return file + ":" + line + ":" + column + ": " + (severity.isEmpty() ? "" : severity + ": ")
                + (path.isEmpty() ? "" : path + ": ") + message
                + suggestion.map(s -> "; did you mean " + s + "?").orElse("");
    }
}
