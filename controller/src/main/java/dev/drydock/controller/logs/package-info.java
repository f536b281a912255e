/** How the log is written, and by what keys its lines are found together. */
@NullMarked
package dev.drydock.controller.logs;

import org.jspecify.annotations.NullMarked;
