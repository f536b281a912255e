/** Packages by apt and dpkg. Parsers are pure; what runs commands is small and named after what it asks of them. */
@NullMarked
package dev.drydock.agent.host.apt;

import org.jspecify.annotations.NullMarked;
