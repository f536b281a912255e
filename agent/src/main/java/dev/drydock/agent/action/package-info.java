/** What a playbook can do to a host and ask of it: one class an action or check, all behind two interfaces. */
@NullMarked
package dev.drydock.agent.action;

import org.jspecify.annotations.NullMarked;
