package dev.drydock.bench.report;

/**
 * One of our figures beside the bare limit of the same run.
 *
 * @param ratio ours divided by bare: 1 is the bare stack itself
 */
public record Comparison(String label, double ours, double bare, String unit, double ratio) {
    static Comparison of(String label, double ours, double bare, String unit) {
        return new Comparison(label, ours, bare, unit, ours / bare);
    }
}
