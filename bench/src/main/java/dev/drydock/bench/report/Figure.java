package dev.drydock.bench.report;

/**
 * One measured value.
 *
 * @param key stable, for scripts: lower case with underscores, unique within its section
 * @param label for people
 * @param unit as printed after the value; empty for a plain number
 */
public record Figure(String key, String label, double value, String unit) {}
