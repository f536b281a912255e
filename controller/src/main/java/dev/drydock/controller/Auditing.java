package dev.drydock.controller;

import dev.drydock.controller.api.AuditService;
import dev.drydock.controller.api.OpenStreams;
import dev.drydock.controller.security.audit.AuditLog;
import dev.drydock.controller.security.audit.AuditRecorder;
import dev.drydock.controller.security.audit.CountedFailures;
import dev.drydock.controller.store.SqlAudit;
import dev.drydock.controller.store.Store;
import java.time.InstantSource;

/** The part of the controller that keeps the audit log. */
record Auditing(AuditLog log, AuditRecorder recorder) {
    /** Puts on record that the controller starts, before anybody can call it. */
    static Auditing start(Store store, Ids ids, InstantSource clock, Closing closing) {
        AuditLog log = new SqlAudit(store, clock);
        AuditRecorder recorder = new AuditRecorder(log, ids::next, clock);
        recorder.started(Version.text());
        closing.add("counted failures", new CountedFailures(recorder)).start();
        return new Auditing(log, recorder);
    }

    AuditService service(OpenStreams streams) {
        return new AuditService(log, recorder, streams);
    }
}
