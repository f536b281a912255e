package dev.drydock.controller;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.api.DiagnosisService;
import dev.drydock.controller.calendar.CalendarLibrary;
import dev.drydock.controller.diagnosis.Checkup;
import dev.drydock.controller.diagnosis.Examination;
import dev.drydock.controller.diagnosis.HostsExamination;
import dev.drydock.controller.diagnosis.RolloutsExamination;
import dev.drydock.controller.diagnosis.UpkeepExaminations;
import dev.drydock.controller.diagnosis.UpkeepExaminations.Room;
import dev.drydock.controller.rollout.RolloutDirectory;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.ServerCertificates;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlStore;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The part of the controller that looks after itself and its fleet when somebody asks. */
final class Examining {
    private Examining() {}

    static DiagnosisService service(
            ControllerOptions options,
            SqlStore store,
            CertificateAuthority authority,
            ServerCertificates certificates,
            HostDirectory hosts,
            RolloutDirectory rollouts,
            CalendarLibrary calendars,
            InstantSource clock) {
        Map<String, Examination> examinations = new LinkedHashMap<>();
        examinations.put("disk", UpkeepExaminations.disk(() -> {
            FileStore disk = Files.getFileStore(options.data());
            return new Room(disk.getUsableSpace(), disk.getTotalSpace());
        }));
        examinations.put(
                "database", UpkeepExaminations.database(() -> store.probe().join()));
        examinations.put(
                "certificates", UpkeepExaminations.certificates(authority::certificate, certificates::certificate));
        examinations.put("hosts", new HostsExamination(hosts::all, Version.text(), options.certificateLifetime()));
        examinations.put("rollouts", new RolloutsExamination(rollouts::live));
        examinations.put("calendars", UpkeepExaminations.calendars(calendars::all));
        examinations.put("notifications", UpkeepExaminations.notifications(new SqlNotifications(store)::counts));
        return new DiagnosisService(new Checkup(examinations, clock), Version.text(), clock);
    }
}
