package dev.drydock.playbooks.lint;

import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.model.Playbook;
import java.util.List;
import java.util.Optional;

/**
 * What the linter found, each list in file order.
 *
 * @param playbook present exactly when there are no errors
 * @param errors why the file is no playbook that can be run
 * @param warnings what can be run and is probably not wanted
 */
public record LintResult(Optional<Playbook> playbook, List<Problem> errors, List<Problem> warnings) {
    public LintResult {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        if (playbook.isPresent() != errors.isEmpty()) {
            throw new IllegalArgumentException("there is a playbook exactly when there are no errors");
        }
    }
}
