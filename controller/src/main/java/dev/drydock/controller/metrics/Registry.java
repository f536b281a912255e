package dev.drydock.controller.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** All meters, and what Prometheus reads of them. Thread-safe. */
public final class Registry implements AutoCloseable {
    /** Of what {@link #scrape} gives. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<AutoCloseable> listening;

    /** Begins with what Java says of its process. */
    public Registry(String version) {
        JvmGcMetrics collections = new JvmGcMetrics();
        JvmHeapPressureMetrics pressure = new JvmHeapPressureMetrics();
        listening = List.of(collections, pressure);
        List.of(
                        collections,
                        pressure,
                        new JvmInfoMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics())
                .forEach(binder -> binder.bindTo(meters));
        Gauge.builder("drydock.build.info", () -> 1)
                .description("1; the label says which version runs.")
                .tag("version", version)
                .register(meters);
    }

    MeterRegistry meters() {
        return meters;
    }

    /** In Prometheus's text format. May read the database. */
    public String scrape() {
        return meters.scrape();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable binder : listening) {
            binder.close();
        }
        meters.close();
    }
}
