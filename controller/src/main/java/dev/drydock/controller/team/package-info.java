/** Teams: who owns which hosts, and how they are reached. */
@NullMarked
package dev.drydock.controller.team;

import org.jspecify.annotations.NullMarked;
