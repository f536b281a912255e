package dev.drydock.controller.health;

import java.util.function.BooleanSupplier;

/**
 * One thing that has to be so.
 *
 * @param name a word that anybody may read: nothing of the fleet
 * @param ok whether it is so now; may throw, which is no; may take its time, of which {@link Health} does not wait for all
 */
public record Check(String name, BooleanSupplier ok) {}
