/** Several controllers on one database: one of them leads, the others hand on to it whoever comes to them. */
@org.jspecify.annotations.NullMarked
package dev.drydock.controller.cluster;
