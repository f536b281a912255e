/** Database servers of the managed system, each by its own clients. */
@NullMarked
package dev.drydock.agent.host.database;

import org.jspecify.annotations.NullMarked;
