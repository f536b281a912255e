@NullMarked
package dev.drydock.controller.api.explain;

import org.jspecify.annotations.NullMarked;
