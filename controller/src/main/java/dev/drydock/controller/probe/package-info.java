/** What operators' tools ask over HTTP on the management port: metrics and health. */
@NullMarked
package dev.drydock.controller.probe;

import org.jspecify.annotations.NullMarked;
