/** What the agent knows of its host, gathered and sent on change only. */
@NullMarked
package dev.drydock.agent.facts;

import org.jspecify.annotations.NullMarked;
