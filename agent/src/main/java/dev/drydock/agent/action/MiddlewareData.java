package dev.drydock.agent.action;

import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.database.DatabaseServer;
import dev.drydock.agent.host.database.DatabaseServers;
import dev.drydock.agent.host.database.DatabaseState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The data that services keep: a copy of it as a whole, made while they are stopped, and what their databases held. On the way back
 * the data stays where the old program can read it, with all that was written since; else the copy takes its place.
 */
final class MiddlewareData {
    private static final String COPY = "copy-";
    private static final String STATES = "states";
    private static final String WHOLE = "whole";
    private static final String EVIDENCE = "evidence";
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 30;

    private final ManagedHost host;
    private final Handled handled;
    private final List<Kept> services;
    private final Optional<String> defaultsFile;
    private final Path place;
    private final Pause pause;
    private final DataCopies copies;

    /**
     * @param handled has data
     * @param services of it, as they were
     * @param workDir of the step
     */
    MiddlewareData(
            ManagedHost host,
            Handled handled,
            List<Kept> services,
            Optional<String> defaultsFile,
            Path workDir,
            Pause pause) {
        this.host = host;
        this.handled = handled;
        this.services = services;
        this.defaultsFile = defaultsFile;
        this.place = workDir.resolve("data-" + handled.label().replace(' ', '-'));
        this.pause = pause;
        this.copies = new DataCopies(host.files());
    }

    private List<String> directories() {
        return handled.data().orElseThrow().directories();
    }

    private boolean running() {
        return services.stream().anyMatch(Kept::active);
    }

    /** Bytes that the copy takes. */
    long size() throws IOException {
        long size = 0;
        for (String directory : directories()) {
            size += copies.size(directory);
        }
        return size;
    }

    /** @throws HostException when the contents could not be compared on the way back */
    void requireReadable(Job job) throws HostException, InterruptedException {
        if (running()) {
            Optional<DatabaseServer> server = server();
            if (server.isPresent()) {
                server.get().version(job);
            }
        }
    }

    private Optional<DatabaseServer> server() throws HostException {
        Optional<String> engine = handled.data().orElseThrow().engine();
        return engine.isEmpty() ? Optional.empty() : Optional.of(new DatabaseServers(host).find(engine, defaultsFile));
    }

    /** Stops the services, and leaves them so. Durable when it returns. */
    void keep(Job job) throws HostException, IOException, InterruptedException {
        DurableFiles.createPrivateDirectory(place);
        DurableFiles.createPrivateDirectory(place.resolve(STATES));
        if (running()) {
            new KeptContents(states(job)).write(place.resolve(STATES));
        }
        for (Kept service : services.reversed()) {
            job.output().line("Stopping " + service.name() + " to copy its data");
            host.services().stop(service.name(), job);
        }
        for (int i = 0; i < directories().size(); i++) {
            String digest = copies.keep(directories().get(i), place.resolve(COPY + i));
            job.output().line("Kept " + directories().get(i) + ", read back: SHA-256 " + digest.substring(0, 12) + "…");
            DurableFiles.replace(place.resolve(COPY + i + ".sha256"), digest.getBytes(StandardCharsets.UTF_8));
        }
        job.silent().require(host.commands(), Map.of(), List.of("sync"));
        DurableFiles.replace(place.resolve(WHOLE), new byte[0]);
    }

    private Map<String, DatabaseState> states(Job job) throws HostException, InterruptedException {
        Map<String, DatabaseState> states = new TreeMap<>();
        Optional<DatabaseServer> server = server();
        if (server.isPresent()) {
            for (String database : server.get().databases(job)) {
                states.put(database, server.get().state(database, job));
            }
        }
        return states;
    }

    /** Nothing was changed before. */
    boolean isKept() {
        return Files.exists(place.resolve(WHOLE));
    }

    /**
     * With the new program.
     *
     * @throws HostException when a database, table or definition of before is not there, or cannot be read
     */
    void requireNothingLost(Job job) throws HostException, IOException, InterruptedException {
        List<String> lost = running() ? lost(job) : List.of();
        if (!lost.isEmpty()) {
            throw new HostException(handled.label() + " does not find what was there: " + String.join("; ", lost));
        }
    }

    /** After the old program is back. Leaves the services as they were. Idempotent. */
    void putBack(Job job) throws HostException, IOException, InterruptedException {
        if (!isKept()) {
            return;
        }
        Optional<String> trouble = running() ? startAndLook(job) : sameAsCopy();
        if (trouble.isEmpty()) {
            return;
        }
        job.output().line("Putting back the data of " + handled.label() + ": " + trouble.get());
        for (Kept service : services.reversed()) {
            host.services().stop(service.name(), job);
        }
        for (int i = 0; i < directories().size(); i++) {
            String digest = Files.readString(place.resolve(COPY + i + ".sha256"));
            copies.restore(place.resolve(COPY + i), digest, directories().get(i));
        }
        DurableFiles.replace(
                place.resolve(EVIDENCE),
                ("the data of " + handled.label() + " is the copy from before the update, since without it: "
                                + trouble.get())
                        .getBytes(StandardCharsets.UTF_8));
        trouble = running() ? startAndLook(job) : sameAsCopy();
        if (trouble.isPresent()) {
            throw new HostException("also with the copy of its data " + handled.label() + " is not as before: "
                    + trouble.get() + "; the copy stays in " + place);
        }
    }

    private Optional<String> sameAsCopy() throws IOException {
        for (int i = 0; i < directories().size(); i++) {
            if (!copies.digest(directories().get(i)).equals(Files.readString(place.resolve(COPY + i + ".sha256")))) {
                return Optional.of(directories().get(i) + " is not as it was");
            }
        }
        return Optional.empty();
    }

    /** What keeps the old program from working with the data; empty when nothing does. */
    private Optional<String> startAndLook(Job job) throws HostException, IOException, InterruptedException {
        HostException last = new HostException("no time is left");
        for (int tries = 0; tries < MOST_TRIES && job.timeLeft().get().isPositive(); tries++) {
            if (tries > 0) {
                pause.of(BETWEEN);
            }
            try {
                for (Kept service : services) {
                    if (service.active()
                            && !host.services().state(service.name(), job).active()) {
                        host.services().start(service.name(), job);
                    }
                }
                List<String> lost = lost(job);
                return lost.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", lost));
            } catch (HostException e) {
                last = e;
                if (startFails(job)) {
                    break;
                }
            }
        }
        return Optional.of(String.valueOf(last.getMessage()));
    }

    /** As opposed to one that is up and does not answer yet. */
    private boolean startFails(Job job) throws HostException, InterruptedException {
        for (Kept service : services) {
            if (service.active() && !host.services().state(service.name(), job).active()) {
                return true;
            }
        }
        return false;
    }

    private List<String> lost(Job job) throws HostException, IOException, InterruptedException {
        return KeptContents.read(place.resolve(STATES)).lost(states(job));
    }

    /** @return the evidence, a line each */
    List<String> prove(Job job) throws HostException, IOException, InterruptedException {
        if (!isKept()) {
            return List.of("the data of " + handled.label() + " was not touched: the update was not begun");
        }
        List<String> evidence = new ArrayList<>();
        if (Files.exists(place.resolve(EVIDENCE))) {
            evidence.add(Files.readString(place.resolve(EVIDENCE)));
        }
        if (!running()) {
            Optional<String> trouble = sameAsCopy();
            if (trouble.isPresent()) {
                throw new HostException(trouble.get());
            }
            evidence.add("the data of " + handled.label() + " is as before, byte for byte");
            return evidence;
        }
        Map<String, DatabaseState> now = states(job);
        KeptContents before = KeptContents.read(place.resolve(STATES));
        List<String> lost = before.lost(now);
        if (!lost.isEmpty()) {
            throw new HostException(String.join("; ", lost));
        }
        evidence.addAll(before.compare(now));
        return evidence;
    }
}
