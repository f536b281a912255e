/** The bare gRPC limit: streams over mutual TLS with nothing behind them. */
@NullMarked
package dev.drydock.bench.grpc;

import org.jspecify.annotations.NullMarked;
