@NullMarked
package dev.drydock.controller.diagnosis;

import org.jspecify.annotations.NullMarked;
