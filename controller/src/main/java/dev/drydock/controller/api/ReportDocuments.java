package dev.drydock.controller.api;

import dev.drydock.controller.document.Document;
import dev.drydock.controller.reporting.ReportKind;
import dev.drydock.controller.reporting.ReportMaker;
import dev.drydock.controller.reporting.ReportRefusedException;
import dev.drydock.controller.reporting.ReportSchedule;
import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.UnknownUserException;
import dev.drydock.controller.security.User;
import dev.drydock.controller.security.Users;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.RenderContractReportRequest;
import io.grpc.Context;
import io.grpc.Status;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Reports as files: for who asks, and at their times for who made the schedule, by the same rules as if the owner asked then. */
public final class ReportDocuments implements ReportMaker {
    private static final String COMPLIANCE = "drydock.v1.ReportService/RenderComplianceReport";
    private static final String CONTRACT = "drydock.v1.ReportScheduleService/RenderContractReport";
    /** Who may not send any more does not. */
    private static final String SENDS = "drydock.v1.ReportScheduleService/RunReportSchedule";

    private static final Set<Status.Code> FOR_GOOD = Set.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.NOT_FOUND,
            Status.Code.PERMISSION_DENIED,
            Status.Code.FAILED_PRECONDITION);

    private final ReportService reports;
    private final ContractService contracts;
    private final Users users;

    public ReportDocuments(ReportService reports, ContractService contracts, Users users) {
        this.reports = reports;
        this.contracts = contracts;
        this.users = users;
    }

    @Override
    public Document make(ReportSchedule schedule, Instant due) throws ReportRefusedException {
        Principal owner = Principal.of(owner(schedule), "report schedule " + schedule.name(), Optional.empty());
        for (String method : List.of(SENDS, method(schedule.kind()))) {
            var refusal = Permissions.refusal(owner, method);
            if (refusal.isPresent()) {
                throw new ReportRefusedException("its owner may not see it any more: " + refusal.get());
            }
        }
        Callable<Document> work = () -> schedule.kind() == ReportKind.CONTRACT
                ? contract(schedule, due)
                : reports.document(
                        RenderComplianceReportRequest.newBuilder()
                                .setFilter(schedule.what())
                                .setFormat(ReportScheduleMapper.format(schedule.format()))
                                .setZone(schedule.times().zone().getId())
                                .build(),
                        made -> {});
        try {
            return Context.current().withValue(Caller.KEY, owner).call(work);
        } catch (Exception e) {
            Status status = Failures.status(e);
            if (FOR_GOOD.contains(status.getCode())) {
                throw new ReportRefusedException(String.valueOf(status.getDescription()));
            }
            throw e instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(e);
        }
    }

    /** What it takes to see a report of this kind. */
    static String method(ReportKind kind) {
        return kind == ReportKind.CONTRACT ? CONTRACT : COMPLIANCE;
    }

    private User owner(ReportSchedule schedule) throws ReportRefusedException {
        try {
            User user = users.find(schedule.owner());
            if (user.createdAt().equals(schedule.ownerSince())) {
                return user;
            }
        } catch (UnknownUserException e) {
            throw new ReportRefusedException("its owner, " + schedule.owner() + ", is no user any more");
        }
        throw new ReportRefusedException(
                "its owner was removed; the user " + schedule.owner() + " that there is now is another");
    }

    /** Of the calendar month before, in the zone of the schedule. */
    private Document contract(ReportSchedule schedule, Instant due) {
        ZoneId zone = schedule.times().zone();
        YearMonth month = YearMonth.from(due.atZone(zone)).minusMonths(1);
        return contract(RenderContractReportRequest.newBuilder()
                .setContract(schedule.what())
                .setFrom(Times.timestamp(month.atDay(1).atStartOfDay(zone).toInstant()))
                .setTo(Times.timestamp(
                        month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant()))
                .setFormat(ReportScheduleMapper.format(schedule.format()))
                .setZone(zone.getId())
                .build());
    }

    /** As the caller may see it. */
    Document contract(RenderContractReportRequest request) {
        List<String> problems = new ArrayList<>();
        ZoneId zone = ReportService.zone(request.getZone(), problems);
        ReportService.known(request.getFormat(), request.getFormatValue(), problems);
        if (!problems.isEmpty()) {
            throw Refusals.invalid(problems);
        }
        return reports.documents()
                .contract(
                        () -> contracts.report(
                                request.getContract(),
                                Times.instant(request.getFrom()),
                                Times.instant(request.getTo())),
                        request.getFormat(),
                        zone);
    }
}
