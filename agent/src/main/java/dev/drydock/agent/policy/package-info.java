/** What the host itself allows, whatever the controller asks for. */
@NullMarked
package dev.drydock.agent.policy;

import org.jspecify.annotations.NullMarked;
