package dev.drydock.controller.api;

import com.google.protobuf.ByteString;
import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.document.Document;
import dev.drydock.controller.naming.ChangedMeanwhileException;
import dev.drydock.controller.notify.NotificationStore;
import dev.drydock.controller.reporting.InvalidReportScheduleException;
import dev.drydock.controller.reporting.ReportKind;
import dev.drydock.controller.reporting.ReportSchedule;
import dev.drydock.controller.reporting.ReportScheduleDraft;
import dev.drydock.controller.reporting.ReportScheduleStore;
import dev.drydock.controller.reporting.ReportSchedules;
import dev.drydock.controller.reporting.ReportSender;
import dev.drydock.controller.reporting.Sending;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.UnknownUserException;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.team.UnknownTeamException;
import dev.drydock.controller.team.WebhookSecret;
import dev.drydock.proto.v1.CreateReportScheduleRequest;
import dev.drydock.proto.v1.CreateReportScheduleResponse;
import dev.drydock.proto.v1.DeleteReportScheduleRequest;
import dev.drydock.proto.v1.DeleteReportScheduleResponse;
import dev.drydock.proto.v1.GetReportScheduleRequest;
import dev.drydock.proto.v1.ListReportSchedulesRequest;
import dev.drydock.proto.v1.ListReportSchedulesResponse;
import dev.drydock.proto.v1.RenderContractReportRequest;
import dev.drydock.proto.v1.RenderContractReportResponse;
import dev.drydock.proto.v1.ReportScheduleServiceGrpc.ReportScheduleServiceImplBase;
import dev.drydock.proto.v1.ReportSending;
import dev.drydock.proto.v1.RunReportScheduleRequest;
import dev.drydock.proto.v1.UpdateReportScheduleRequest;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Reports on a schedule: each its owner's, shown to others who see the whole fleet. */
public final class ReportScheduleService extends ReportScheduleServiceImplBase {
    private static final int SHOWN = 20;

    private final ReportSchedules schedules;
    private final ReportScheduleStore store;
    private final ReportSender sender;
    private final ReportDocuments documents;
    private final ContractService contracts;
    private final NotificationStore notifications;
    private final Teams teams;
    private final Users users;
    private final HostDirectory hosts;
    private final boolean mail;
    private final InstantSource clock;

    /** @param mail whether the controller knows a mail server */
    public ReportScheduleService(
            ReportSchedules schedules,
            ReportScheduleStore store,
            ReportSender sender,
            ReportDocuments documents,
            ContractService contracts,
            NotificationStore notifications,
            Teams teams,
            Users users,
            HostDirectory hosts,
            boolean mail,
            InstantSource clock) {
        this.schedules = schedules;
        this.store = store;
        this.sender = sender;
        this.documents = documents;
        this.contracts = contracts;
        this.notifications = notifications;
        this.teams = teams;
        this.users = users;
        this.hosts = hosts;
        this.mail = mail;
        this.clock = clock;
    }

    @Override
    public void createReportSchedule(
            CreateReportScheduleRequest request, StreamObserver<CreateReportScheduleResponse> call) {
        Calls.answer(call, () -> {
            refuseNarrowed();
            ReportScheduleDraft draft =
                    ReportScheduleMapper.draft(request.getName(), request.getSpec(), request.getWebhookSecret());
            ReportScheduleDraft.Owner owner = new ReportScheduleDraft.Owner(
                    Caller.name(), users.find(Caller.name()).createdAt());
            checked(draft, () -> schedules.create(draft, owner, true));
            return made(schedules.create(draft, owner, request.getValidateOnly()), request.getValidateOnly());
        });
    }

    @Override
    public void listReportSchedules(
            ListReportSchedulesRequest request, StreamObserver<ListReportSchedulesResponse> call) {
        Calls.answer(call, () -> ListReportSchedulesResponse.newBuilder()
                .addAllSchedules(visible().stream().map(one -> message(one, 1)).toList())
                .build());
    }

    @Override
    public void getReportSchedule(
            GetReportScheduleRequest request, StreamObserver<dev.drydock.proto.v1.ReportSchedule> call) {
        Calls.answer(call, () -> message(seen(request.getName()), SHOWN));
    }

    @Override
    public void updateReportSchedule(
            UpdateReportScheduleRequest request, StreamObserver<CreateReportScheduleResponse> call) {
        Calls.answer(call, () -> {
            ReportSchedule there = unchanged(request.getName(), request.getEtag());
            ReportScheduleDraft draft =
                    ReportScheduleMapper.draft(request.getName(), request.getSpec(), request.getWebhookSecret());
            if (own(there)) {
                refuseNarrowed();
                checked(draft, () -> schedules.proposed(there, draft));
            }
            ReportSchedules.Made next = schedules.proposed(there, draft);
            if (!own(there)) {
                administrator(there, "change");
                if (!next.schedule().sameButPaused(there)) {
                    throw Refusals.forbidden("Report schedule " + there.name() + " shows what its owner "
                            + there.owner() + " may see, and is the owner's to change; it can be paused or deleted.");
                }
            }
            schedules.replace(there, next.schedule());
            return made(next, false);
        });
    }

    @Override
    public void deleteReportSchedule(
            DeleteReportScheduleRequest request, StreamObserver<DeleteReportScheduleResponse> call) {
        Calls.answer(call, () -> {
            ReportSchedule there = unchanged(request.getName(), request.getEtag());
            if (!own(there)) {
                administrator(there, "delete");
            }
            schedules.delete(there);
            notifications.giveUp(there.recipient(), "the report schedule was deleted");
            return DeleteReportScheduleResponse.getDefaultInstance();
        });
    }

    @Override
    public void runReportSchedule(RunReportScheduleRequest request, StreamObserver<ReportSending> call) {
        Calls.answer(call, () -> {
            ReportSchedule there = seen(request.getName());
            refuseNarrowed();
            if (!own(there)) {
                administrator(there, "run");
            }
            return message(sender.run(there, Caller.name()));
        });
    }

    @Override
    public void renderContractReport(
            RenderContractReportRequest request, StreamObserver<RenderContractReportResponse> call) {
        Calls.answer(call, () -> {
            Document document = documents.contract(request);
            return RenderContractReportResponse.newBuilder()
                    .setContentType(document.contentType())
                    .setFileName(document.name())
                    .setContent(ByteString.copyFrom(document.content()))
                    .build();
        });
    }

    /** It would be a way to what the credential does not give: a schedule has all of the user's eyes. */
    private static void refuseNarrowed() {
        if (Caller.principal().narrowed()) {
            throw Refusals.forbidden("A report on a schedule shows all that user " + Caller.name()
                    + " may see, and this " + Caller.principal().credential()
                    + " gives less; sign in, or use a token that gives all.");
        }
    }

    private interface Check {
        ReportSchedules.Made run() throws InvalidReportScheduleException;
    }

    /** All that is wrong at once: also what only the caller's rights tell. */
    private void checked(ReportScheduleDraft draft, Check check) {
        List<String> problems = new ArrayList<>();
        try {
            check.run();
        } catch (InvalidReportScheduleException e) {
            problems.addAll(String.valueOf(e.getMessage()).lines().toList());
        }
        draft.teams().stream()
                .filter(name -> !mayTell(name))
                .forEach(name -> problems.add("teams: there is no team '" + name + "'"));
        if (draft.kind() == ReportKind.CONTRACT && !draft.contract().isBlank()) {
            var refusal = Permissions.refusal(Caller.principal(), ReportDocuments.method(ReportKind.CONTRACT));
            if (refusal.isPresent()) {
                problems.add("contract: " + refusal.get());
            } else if (!contracts.sees(draft.contract())) {
                problems.add("contract: there is no contract '" + draft.contract() + "'");
            }
        }
        if (!problems.isEmpty()) {
            throw Refusals.invalid(problems);
        }
    }

    private boolean mayTell(String team) {
        try {
            var found = teams.find(team);
            return Sight.of(hosts).whole()
                    || Sight.of(hosts).all().stream()
                            .anyMatch(host -> Teams.owned(found).test(host.facts()));
        } catch (UnknownTeamException e) {
            return false;
        }
    }

    private boolean own(ReportSchedule schedule) {
        try {
            return schedule.owner().equals(Caller.name())
                    && users.find(Caller.name()).createdAt().equals(schedule.ownerSince());
        } catch (UnknownUserException e) {
            return false;
        }
    }

    private static void administrator(ReportSchedule schedule, String verb) {
        if (!Caller.principal().everywhere(Role.ADMIN)) {
            throw Refusals.forbidden("Report schedule " + schedule.name() + " is of " + schedule.owner() + "; to "
                    + verb + " it takes its owner, or an administrator.");
        }
    }

    private List<ReportSchedule> visible() {
        boolean all = Caller.principal().everywhere(Role.VIEWER);
        return schedules.all().stream().filter(one -> all || own(one)).toList();
    }

    private ReportSchedule seen(String name) {
        return visible().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusals.notFound(
                        "report schedule",
                        name,
                        visible().stream().map(ReportSchedule::name).toList()));
    }

    private ReportSchedule unchanged(String name, String etag) {
        ReportSchedule there = seen(name);
        if (!etag.isEmpty() && !there.etag().equals(etag)) {
            throw new ChangedMeanwhileException("report schedule " + name);
        }
        return there;
    }

    private CreateReportScheduleResponse made(ReportSchedules.Made made, boolean only) {
        return CreateReportScheduleResponse.newBuilder()
                .setSchedule(message(made.schedule(), SHOWN))
                .setWebhookSecret(
                        only ? "" : made.secret().map(WebhookSecret::text).orElse(""))
                .build();
    }

    private dev.drydock.proto.v1.ReportSchedule message(ReportSchedule schedule, int most) {
        var message = ReportScheduleMapper.message(schedule)
                .addAllSendings(store.sendings(schedule.id(), most).stream()
                        .map(this::message)
                        .toList())
                .addAllWarnings(warnings(schedule))
                .setSteerable(Caller.principal().everywhere(Role.ADMIN)
                        || own(schedule) && Caller.principal().anywhere(Role.OPERATOR));
        if (!schedule.paused()) {
            Times.timestamp(schedule.times().next(clock.instant()), message::setNextAt);
        }
        return message.build();
    }

    private ReportSending message(Sending sending) {
        return ReportScheduleMapper.sending(sending, store.told(sending), teams, clock.instant());
    }

    private List<String> warnings(ReportSchedule schedule) {
        List<String> warnings = new ArrayList<>();
        if (!schedule.recipients().mail().isEmpty() && !mail) {
            warnings.add("the controller knows no mail server (--mail-server), so no mail is sent");
        }
        List<String> known =
                teams.all().stream().map(dev.drydock.controller.team.Team::name).toList();
        schedule.recipients().teams().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> warnings.add("there is no team " + name + " any more"));
        return warnings;
    }
}
