package dev.drydock.cli.client;

import java.nio.file.Path;

/**
 * A controller and how to be let in.
 *
 * @param context the name it goes by
 * @param host of the management plane
 * @param port of the management plane
 * @param ca PEM file with the certificates that vouch for it
 * @param token the bearer token; a secret
 */
public record Target(String context, String host, int port, Path ca, String token) {
    public String address() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return context + " (" + address() + ")";
    }
}
