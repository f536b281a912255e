/** The program: its commands, its data directory, and how its parts are put together. */
@NullMarked
package dev.drydock.controller;

import org.jspecify.annotations.NullMarked;
