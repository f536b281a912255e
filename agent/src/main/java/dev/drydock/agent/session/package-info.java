/** The stream to the controller: offers in, events and output out. Runs do not depend on it. */
@NullMarked
package dev.drydock.agent.session;

import org.jspecify.annotations.NullMarked;
