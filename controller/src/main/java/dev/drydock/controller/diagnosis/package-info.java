/** What has to be looked after, in words, with what to do: pure judgements of what others know. */
@NullMarked
package dev.drydock.controller.diagnosis;

import org.jspecify.annotations.NullMarked;
