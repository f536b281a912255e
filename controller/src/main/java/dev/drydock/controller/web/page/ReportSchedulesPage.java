package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Asked;
import dev.drydock.controller.web.http.Paths;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.controller.web.text.Tone;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractServiceGrpc;
import dev.drydock.proto.v1.CreateReportScheduleRequest;
import dev.drydock.proto.v1.CreateReportScheduleResponse;
import dev.drydock.proto.v1.DeleteReportScheduleRequest;
import dev.drydock.proto.v1.GetReportScheduleRequest;
import dev.drydock.proto.v1.ListContractsRequest;
import dev.drydock.proto.v1.ListReportSchedulesRequest;
import dev.drydock.proto.v1.ListTeamsRequest;
import dev.drydock.proto.v1.ReportKind;
import dev.drydock.proto.v1.ReportSchedule;
import dev.drydock.proto.v1.ReportScheduleServiceGrpc;
import dev.drydock.proto.v1.ReportScheduleServiceGrpc.ReportScheduleServiceBlockingStub;
import dev.drydock.proto.v1.ReportScheduleSpec;
import dev.drydock.proto.v1.ReportSending;
import dev.drydock.proto.v1.ReportSendingState;
import dev.drydock.proto.v1.RunReportScheduleRequest;
import dev.drydock.proto.v1.Team;
import dev.drydock.proto.v1.TeamServiceGrpc;
import dev.drydock.proto.v1.UpdateReportScheduleRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reports: made here and now, and on a schedule. */
public final class ReportSchedulesPage {
    private static final String PATH = "/report-schedules";
    private static final String PART = "reports";
    private static final String TITLE = "Reports";
    private static final int REFUSED = 400;

    public Reply list(Request request) {
        return list(request, "", ReportScheduleSpec.getDefaultInstance(), "", 200);
    }

    private static Reply list(Request request, String name, ReportScheduleSpec draft, String problem, int status) {
        View view = new View(
                schedules(request)
                        .listReportSchedules(ListReportSchedulesRequest.getDefaultInstance())
                        .getSchedulesList(),
                Asked.of(() -> request.api()
                        .calls(ContractServiceGrpc::newBlockingStub)
                        .listContracts(ListContractsRequest.getDefaultInstance())
                        .getContractsList()),
                request.api()
                        .calls(TeamServiceGrpc::newBlockingStub)
                        .listTeams(ListTeamsRequest.getDefaultInstance())
                        .getTeamsList(),
                name,
                draft,
                problem);
        return new Reply.Page(status, "reportSchedules", PART, TITLE, Map.of("view", view));
    }

    public Reply make(Request request) {
        ReportScheduleSpec spec = spec(request);
        String name = request.form("name");
        try {
            CreateReportScheduleResponse made = schedules(request)
                    .createReportSchedule(CreateReportScheduleRequest.newBuilder()
                            .setName(name)
                            .setSpec(spec)
                            .build());
            return made.getWebhookSecret().isEmpty()
                    ? new Reply.Seen(path(name))
                    : one(made.getSchedule(), made.getWebhookSecret());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.PERMISSION_DENIED) {
                throw e;
            }
            return list(request, name, spec, String.valueOf(e.getStatus().getDescription()), REFUSED);
        }
    }

    private static ReportScheduleSpec spec(Request request) {
        String contract = request.form("report");
        List<String> mail = Arrays.stream(request.form("mail").split("[,;\\s]+"))
                .filter(address -> !address.isEmpty())
                .toList();
        return ReportScheduleSpec.newBuilder()
                .setKind(contract.isEmpty() ? ReportKind.REPORT_COMPLIANCE : ReportKind.REPORT_CONTRACT)
                .setContract(contract)
                .setFilter(contract.isEmpty() ? request.form("filter") : "")
                .setFormat(ReportFiles.format(request.form("format")))
                .setRrule(request.form("rrule"))
                .setStart(request.form("start"))
                .setZone(request.form("zone"))
                .addAllMail(mail)
                .setWebhook(request.form("webhook"))
                .addAllTeams(request.all("team"))
                .build();
    }

    public Reply show(Request request) {
        return one(find(request), "");
    }

    private static Reply one(ReportSchedule schedule, String secret) {
        return Reply.page("reportSchedule", PART, schedule.getName(), new One(schedule, secret));
    }

    private static ReportSchedule find(Request request) {
        return schedules(request)
                .getReportSchedule(GetReportScheduleRequest.newBuilder()
                        .setName(request.path("name"))
                        .build());
    }

    public Reply run(Request request) {
        var unused = schedules(request)
                .runReportSchedule(RunReportScheduleRequest.newBuilder()
                        .setName(request.path("name"))
                        .build());
        return new Reply.Seen(path(request.path("name")));
    }

    public Reply pause(Request request) {
        return paused(request, true);
    }

    public Reply resume(Request request) {
        return paused(request, false);
    }

    private static Reply paused(Request request, boolean paused) {
        ReportSchedule there = find(request);
        var unused = schedules(request)
                .updateReportSchedule(UpdateReportScheduleRequest.newBuilder()
                        .setName(there.getName())
                        .setSpec(there.getSpec().toBuilder().setPaused(paused))
                        .setEtag(there.getEtag())
                        .build());
        return new Reply.Seen(path(there.getName()));
    }

    public Reply delete(Request request) {
        var unused = schedules(request)
                .deleteReportSchedule(DeleteReportScheduleRequest.newBuilder()
                        .setName(request.path("name"))
                        .build());
        return new Reply.Seen(PATH);
    }

    private static ReportScheduleServiceBlockingStub schedules(Request request) {
        return request.api().calls(ReportScheduleServiceGrpc::newBlockingStub);
    }

    public static String path(String name) {
        return PATH + "/" + Paths.segment(name);
    }

    /** {@code compliance of …}. */
    public static String what(ReportScheduleSpec spec) {
        return spec.getKind() == ReportKind.REPORT_CONTRACT
                ? "contract " + spec.getContract()
                : spec.getFilter().isEmpty() ? "compliance" : "compliance of " + spec.getFilter();
    }

    public static String recipients(ReportScheduleSpec spec) {
        List<String> all = new ArrayList<>(spec.getMailList());
        if (!spec.getWebhook().isEmpty()) {
            all.add(spec.getWebhook());
        }
        spec.getTeamsList().forEach(team -> all.add("team " + team));
        return String.join(", ", all);
    }

    public static Tone tone(ReportSendingState state) {
        return switch (state) {
            case REPORT_SENT -> Tone.GOOD;
            case REPORT_PENDING -> Tone.BUSY;
            case REPORT_FAILED, REPORT_REFUSED -> Tone.BAD;
            case REPORT_SENDING_STATE_UNSPECIFIED, UNRECOGNIZED -> Tone.IDLE;
        };
    }

    public static String word(ReportSendingState state) {
        return switch (state) {
            case REPORT_SENT -> "sent";
            case REPORT_PENDING -> "on its way";
            case REPORT_FAILED -> "given up for some";
            case REPORT_REFUSED -> "not made";
            case REPORT_SENDING_STATE_UNSPECIFIED, UNRECOGNIZED -> "not known any more";
        };
    }

    /**
     * @param name and draft as somebody wrote them who was told of problems
     * @param problem empty: none
     */
    public record View(
            List<ReportSchedule> schedules,
            Asked<List<Contract>> contracts,
            List<Team> teams,
            String name,
            ReportScheduleSpec draft,
            String problem) {
        /** Those whose reports may be read. */
        public List<Contract> readable() {
            return contracts.refused() ? List.of() : contracts.get();
        }
    }

    /** @param secret of the webhook, shown once; empty: none */
    public record One(ReportSchedule schedule, String secret) {
        public String remark(ReportSending sending) {
            List<String> all = new ArrayList<>();
            if (!sending.getBy().isEmpty()) {
                all.add("asked for by " + sending.getBy());
            }
            if (sending.getLate()) {
                all.add("late");
            }
            if (sending.getMissed() > 0) {
                all.add("for " + sending.getMissed() + " earlier too");
            }
            return String.join("; ", all);
        }
    }
}
