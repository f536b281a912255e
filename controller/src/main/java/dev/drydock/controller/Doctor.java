package dev.drydock.controller;

import dev.drydock.controller.diagnosis.Checkup;
import dev.drydock.controller.diagnosis.Examination;
import dev.drydock.controller.diagnosis.Finding;
import dev.drydock.controller.diagnosis.UpkeepExaminations;
import dev.drydock.controller.diagnosis.UpkeepExaminations.Room;
import dev.drydock.controller.doctor.CertificatesExamination;
import dev.drydock.controller.doctor.DatabaseExamination;
import dev.drydock.controller.doctor.DirectoryExaminations;
import dev.drydock.controller.doctor.FilesExamination;
import dev.drydock.controller.doctor.Holder;
import dev.drydock.controller.doctor.PortsExamination;
import dev.drydock.controller.doctor.PostgresExamination;
import dev.drydock.controller.doctor.ReadyExamination;
import dev.drydock.controller.store.DatabaseLook;
import dev.drydock.controller.store.PostgresAddress;
import dev.drydock.controller.store.PostgresLook;
import dev.drydock.controller.store.StoreException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts together what is looked at where a controller does not start or does not answer. */
final class Doctor {
    private Doctor() {}

    static Checkup of(Settings settings, InstantSource clock) {
        Path data = settings.data();
        OptionalLong controller = holder(data);
        Optional<PostgresAddress> postgres = settings.options().flatMap(ControllerOptions::database);
        Map<String, Examination> examinations = new LinkedHashMap<>();
        examinations.put("configuration", now -> settings.findings());
        examinations.put(
                "controller",
                now -> java.util.List.of(
                        controller.isPresent()
                                ? Finding.fine("controller", "runs on " + data + ", process " + controller.getAsLong())
                                : Finding.fine("controller", "none runs on " + data)));
        examinations.put("data", DirectoryExaminations.rights(data, user()));
        examinations.put("disk", disk(data));
        examinations.put("inodes", DirectoryExaminations.inodes(data));
        examinations.put("writable", DirectoryExaminations.writable(data));
        examinations.put("certificates", new CertificatesExamination(data));
        examinations.put(
                "database",
                postgres.isPresent()
                        ? new PostgresExamination(postgres.get())
                        : new DatabaseExamination(data, controller.isPresent()));
        settings.options().ifPresent(options -> {
            examinations.put("ports", new PortsExamination(ports(options), controller));
            if (controller.isPresent()) {
                examinations.put("ready", new ReadyExamination(options.apiListen(), data.resolve("ca.crt")));
            }
        });
        examinations.put(
                "files", new FilesExamination(controller, () -> hosts(data, controller, postgres), Path.of("/proc")));
        examinations.put("leftovers", DirectoryExaminations.leftovers(data, controller.isPresent()));
        return new Checkup(examinations, clock);
    }

    private static OptionalLong holder(Path data) {
        try {
            return Holder.of(data);
        } catch (IOException e) {
            return OptionalLong.empty(); // What cannot be seen is said of the directory.
        }
    }

    private static Examination disk(Path data) {
        return now -> {
            Path there = data;
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            FileStore disk = Files.getFileStore(there);
            return UpkeepExaminations.disk(() -> new Room(disk.getUsableSpace(), disk.getTotalSpace()))
                    .examine(now);
        };
    }

    private static Map<String, InetSocketAddress> ports(ControllerOptions options) {
        Map<String, InetSocketAddress> ports = new LinkedHashMap<>();
        ports.put("--agent-listen", options.agentListen());
        ports.put("--api-listen", options.apiListen());
        options.feedListen().ifPresent(feed -> ports.put("--feed-listen", feed));
        return ports;
    }

    /** None where they cannot be counted: why is said of the database. */
    private static long hosts(Path data, OptionalLong controller, Optional<PostgresAddress> postgres) {
        if (postgres.isPresent()) {
            try (PostgresLook look = PostgresLook.open(postgres.get())) {
                return look.count("hosts").orElse(0);
            } catch (StoreException e) {
                return 0;
            }
        }
        Path file = data.resolve("drydock.db");
        if (Files.notExists(file)) {
            return 0;
        }
        try (DatabaseLook look = DatabaseLook.open(file, controller.isPresent())) {
            return look.count("hosts").orElse(0);
        } catch (StoreException e) {
            return 0;
        }
    }

    /** Empty where the system has no name for it. */
    static String user() {
        String name = System.getProperty("user.name", "");
        return name.equals("?") ? "" : name;
    }
}
