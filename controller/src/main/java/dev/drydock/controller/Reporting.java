package dev.drydock.controller;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.api.ContractService;
import dev.drydock.controller.api.ReportDocuments;
import dev.drydock.controller.api.ReportScheduleService;
import dev.drydock.controller.api.ReportService;
import dev.drydock.controller.reporting.ReportSchedules;
import dev.drydock.controller.reporting.ReportSender;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.store.SqlReportSchedules;
import dev.drydock.controller.store.Store;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The part of the controller that makes reports at their times. */
record Reporting(SqlReportSchedules store, ReportSchedules schedules) {
    static Reporting of(Store database, Ids ids, InstantSource clock, SecureRandom random) {
        SqlReportSchedules store = new SqlReportSchedules(database);
        return new Reporting(store, new ReportSchedules(store, () -> ids.next(clock.instant()), clock, random));
    }

    /** Begins with what was due while there was no controller. */
    ReportScheduleService start(
            Closing closing,
            Telling telling,
            ReportService reports,
            ContractService contracts,
            Users users,
            HostDirectory hosts,
            ControllerOptions options,
            InstantSource clock) {
        ReportDocuments documents = new ReportDocuments(reports, contracts, users);
        ReportSender sender = closing.add(
                "reports",
                new ReportSender(
                        schedules,
                        store,
                        documents,
                        telling.teams(),
                        telling.outbox(),
                        clock,
                        "https://" + options.names().first() + ":"
                                + options.apiListen().getPort()));
        sender.start();
        return new ReportScheduleService(
                schedules,
                store,
                sender,
                documents,
                contracts,
                telling.notifications(),
                telling.teams(),
                users,
                hosts,
                options.mail().isPresent(),
                clock);
    }
}
