/** What the controller decides in one agent's session: pure, so that any order of messages can be tried. */
@NullMarked
package dev.drydock.controller.agents.session;

import org.jspecify.annotations.NullMarked;
