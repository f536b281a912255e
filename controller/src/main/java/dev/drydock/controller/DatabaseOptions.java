package dev.drydock.controller;

import dev.drydock.controller.store.PostgresAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where everything is kept that is no file. */
final class DatabaseOptions {
    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "A database of PostgreSQL 14 or newer: postgresql://[USER@]HOST[:PORT]/NAME[?sslmode=MODE"
                    + "&sslrootcert=FILE]. By default another machine must show a certificate that is good for its name."
                    + " Default: a file of SQLite in the data directory.")
    private @Nullable String url;

    @Option(
            names = "--database-password-file",
            paramLabel = "FILE",
            description = "Its first line is the password of the database's user. Without it PGPASSWORD, PGPASSFILE and"
                    + " ~/.pgpass are asked.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--peer-address",
            paramLabel = "NAME_OR_IP",
            description =
                    "Under which the other controllers on the same database reach this one. Default: this machine's"
                            + " name.")
    private @Nullable String peerAddress;

    String peerAddress() throws StartException {
        if (peerAddress != null) {
            return peerAddress;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new StartException("This machine's name is not known here: give --peer-address.", e);
        }
    }

    /** Empty where there is none, or something is wrong with it, which is added to the problems. */
    Optional<PostgresAddress> address(List<String> problems) {
        if (url == null) {
            if (passwordFile != null) {
                problems.add("--database: missing; --database-password-file says nothing without it");
            }
            return Optional.empty();
        }
        try {
            PostgresAddress address = PostgresAddress.parse(url);
            return Optional.of(passwordFile == null ? address : address.withPassword(firstLine(passwordFile)));
        } catch (IllegalArgumentException e) {
            problems.add("--database: " + e.getMessage());
        } catch (IOException e) {
            problems.add("--database-password-file: " + passwordFile + " cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static String firstLine(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
    }
}
