/** What is counted and measured, for Prometheus. */
@NullMarked
package dev.drydock.controller.metrics;

import org.jspecify.annotations.NullMarked;
