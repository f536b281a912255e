package dev.drydock.controller.reporting;

import dev.drydock.controller.document.Document;
import java.time.Instant;

/** Makes reports as their owners may see them. */
public interface ReportMaker {
    /**
     * @param due of which time it is the report
     * @throws ReportRefusedException the owner may not see it any more, or it can never be made as it is written
     * @throws dev.drydock.controller.document.Documents.BusyException others are being made
     */
    Document make(ReportSchedule schedule, Instant due) throws ReportRefusedException;
}
