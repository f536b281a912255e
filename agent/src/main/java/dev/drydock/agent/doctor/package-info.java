/** What is wrong on this host, in words, with what to do. Looks, and changes nothing. */
@NullMarked
package dev.drydock.agent.doctor;

import org.jspecify.annotations.NullMarked;
