package dev.drydock.controller;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Opens what listens, and says of an address that is not to be had how to go on. */
final class Listening {
    private Listening() {}

    /** @param option with which the address is chosen */
    static <T> T open(String who, String option, InetSocketAddress address, Start<T> start) throws StartException {
        try {
            return start.start();
        } catch (IOException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new StartException(
                    "Cannot listen for " + who + " on " + ListenAddress.text(address, address.getPort()) + ": "
                            + reason(cause) + ". Stop what uses that address, or choose another with " + option
                            + ".",
                    e);
        }
    }

    /** Without the system call that epoll's messages begin with. */
    private static String reason(Throwable cause) {
        return String.valueOf(cause.getMessage()).replaceFirst("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ", "");
    }

    @FunctionalInterface
    interface Start<T> {
        T start() throws IOException;
    }
}
