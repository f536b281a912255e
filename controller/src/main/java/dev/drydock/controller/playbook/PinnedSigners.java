package dev.drydock.controller.playbook;

import dev.drydock.playbooks.sign.PublicSigner;
import java.util.List;

/** Who may sign playbooks: what agents pin when they enrol. */
@FunctionalInterface
public interface PinnedSigners {
    /** By name. */
    List<PublicSigner> pinned();
}
