package dev.drydock.controller.playbook;

import dev.drydock.playbooks.Problem;
import java.util.List;

/** What is wrong with a playbook beyond its shape: actions, their arguments, expressions. */
@FunctionalInterface
public interface PlaybookLint {
    /**
     * @param fileName for messages only
     * @return what forbids to use it, in file order; warnings are not among it
     */
    List<Problem> errors(String fileName, String yaml);
}
