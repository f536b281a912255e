/** Why a rollout, a run or a host stands as it does, in words: pure, over what the caller may see anyway. */
@NullMarked
package dev.drydock.controller.api.explain;

import org.jspecify.annotations.NullMarked;
