package dev.drydock.controller;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** One log for all: what libraries say through {@code java.util.logging} goes the same way. logback.xml says the rest. */
final class Logging {
    private Logging() {}

    static void start() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
