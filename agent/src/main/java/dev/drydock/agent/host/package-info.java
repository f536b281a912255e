/** Ports to the managed system (commands, files, services, packages) and their adapters. */
@NullMarked
package dev.drydock.agent.host;

import org.jspecify.annotations.NullMarked;
