package dev.drydock.controller.api;

import dev.drydock.controller.artifact.ArtifactRefusedException;
import dev.drydock.controller.artifact.UnknownArtifactException;
import dev.drydock.controller.calendar.CalendarExistsException;
import dev.drydock.controller.calendar.CalendarInUseException;
import dev.drydock.controller.calendar.UnknownCalendarException;
import dev.drydock.controller.contract.ContractExistsException;
import dev.drydock.controller.contract.InvalidContractException;
import dev.drydock.controller.contract.UnknownContractException;
import dev.drydock.controller.document.Documents;
import dev.drydock.controller.incident.IncidentRefusedException;
import dev.drydock.controller.incident.InvalidIncidentException;
import dev.drydock.controller.incident.UnknownIncidentException;
import dev.drydock.controller.naming.ChangedMeanwhileException;
import dev.drydock.controller.playbook.SignerConflictException;
import dev.drydock.controller.playbook.UnknownPlaybookException;
import dev.drydock.controller.policy.UnknownPolicyException;
import dev.drydock.controller.reporting.InvalidReportScheduleException;
import dev.drydock.controller.reporting.ReportScheduleExistsException;
import dev.drydock.controller.reporting.UnknownReportScheduleException;
import dev.drydock.controller.rollout.InvalidRolloutException;
import dev.drydock.controller.rollout.RolloutExistsException;
import dev.drydock.controller.rollout.RolloutRefusedException;
import dev.drydock.controller.rollout.UnknownRolloutException;
import dev.drydock.controller.run.UnknownRunException;
import dev.drydock.controller.security.UnknownUserException;
import dev.drydock.controller.security.UserRefusedException;
import dev.drydock.controller.security.login.Passwords;
import dev.drydock.controller.store.StoreException;
import dev.drydock.controller.team.InvalidTeamException;
import dev.drydock.controller.team.TeamExistsException;
import dev.drydock.controller.team.UnknownTeamException;
import dev.drydock.controller.vulnerability.InvalidFeedException;
import dev.drydock.controller.waiver.InvalidWaiverException;
import dev.drydock.controller.waiver.UnknownWaiverException;
import dev.drydock.controller.waiver.WaiverExistsException;
import dev.drydock.controller.waiver.WaiverRefusedException;
import dev.drydock.controller.window.InvalidCalendarException;
import dev.drydock.controller.window.InvalidWindowException;
import dev.drydock.controller.window.WindowExistsException;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.sign.SignatureRefusedException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;

/** What each failure means to a client: the one place that decides it. */
final class Failures {
    private Failures() {}

    /** INTERNAL for what nobody expected; its words are not for clients. */
    static Status status(Throwable failure) {
        return switch (failure) {
            case StatusRuntimeException known -> known.getStatus();
            case StatusException known -> known.getStatus();
            case StoreException store -> store(store);
            case InvalidPlaybookException e -> said(Status.INVALID_ARGUMENT, e);
            case InvalidWindowException e -> said(Status.INVALID_ARGUMENT, e);
            case InvalidRolloutException e -> said(Status.INVALID_ARGUMENT, e);
            case InvalidExpressionException e -> said(Status.INVALID_ARGUMENT, e);
            case SignatureRefusedException e ->
                said(
                        e.reason() == SignatureRefusedException.Reason.MALFORMED
                                ? Status.INVALID_ARGUMENT
                                : Status.FAILED_PRECONDITION,
                        e);
            case InvalidCalendarException e -> said(Status.INVALID_ARGUMENT, e);
            case InvalidTeamException e -> said(Status.INVALID_ARGUMENT, e);
            case InvalidContractException e -> said(Status.INVALID_ARGUMENT, e);
            case InvalidIncidentException e -> said(Status.INVALID_ARGUMENT, e);
            case UnknownContractException e -> said(Status.NOT_FOUND, e);
            case UnknownIncidentException e -> said(Status.NOT_FOUND, e);
            case ContractExistsException e -> said(Status.ALREADY_EXISTS, e);
            case IncidentRefusedException e -> said(Status.FAILED_PRECONDITION, e);
            case InvalidFeedException e -> said(Status.INVALID_ARGUMENT, e);
            case InvalidWaiverException e -> said(Status.INVALID_ARGUMENT, e);
            case UnknownPolicyException e -> said(Status.NOT_FOUND, e);
            case UnknownWaiverException e -> said(Status.NOT_FOUND, e);
            case WaiverExistsException e -> said(Status.ALREADY_EXISTS, e);
            case WaiverRefusedException e -> said(Status.FAILED_PRECONDITION, e);
            case ArtifactRefusedException e -> said(artifact(e.kind()), e);
            case UnknownArtifactException e -> said(Status.NOT_FOUND, e);
            case UnknownCalendarException e -> said(Status.NOT_FOUND, e);
            case UnknownPlaybookException e -> said(Status.NOT_FOUND, e);
            case UnknownTeamException e -> said(Status.NOT_FOUND, e);
            case UnknownRolloutException e -> said(Status.NOT_FOUND, e);
            case UnknownRunException e -> said(Status.NOT_FOUND, e);
            case Passwords.BusyException e -> said(Status.RESOURCE_EXHAUSTED, e);
            case Documents.BusyException e -> said(Status.RESOURCE_EXHAUSTED, e);
            case InvalidReportScheduleException e -> said(Status.INVALID_ARGUMENT, e);
            case UnknownReportScheduleException e -> said(Status.NOT_FOUND, e);
            case ReportScheduleExistsException e -> said(Status.ALREADY_EXISTS, e);
            case UnknownUserException e -> said(Status.NOT_FOUND, e);
            case UserRefusedException e -> said(Status.FAILED_PRECONDITION, e);
            case SignerConflictException e -> said(Status.ALREADY_EXISTS, e);
            case WindowExistsException e -> said(Status.ALREADY_EXISTS, e);
            case CalendarExistsException e -> said(Status.ALREADY_EXISTS, e);
            case TeamExistsException e -> said(Status.ALREADY_EXISTS, e);
            case ChangedMeanwhileException e -> said(Status.FAILED_PRECONDITION, e);
            case CalendarInUseException e -> said(Status.FAILED_PRECONDITION, e);
            case RolloutExistsException e -> said(Status.ALREADY_EXISTS, e);
            case RolloutRefusedException e -> said(Status.FAILED_PRECONDITION, e);
            default -> Status.INTERNAL.withCause(failure);
        };
    }

    private static Status artifact(ArtifactRefusedException.Kind kind) {
        return switch (kind) {
            case INVALID, TOO_LARGE -> Status.INVALID_ARGUMENT;
            case NO_ROOM -> Status.RESOURCE_EXHAUSTED;
        };
    }

    private static Status store(StoreException failure) {
        return said(
                switch (failure.kind()) {
                    case DISK_FULL -> Status.RESOURCE_EXHAUSTED;
                    case AWAY, CLOSED -> Status.UNAVAILABLE;
                    case BROKEN -> Status.INTERNAL;
                },
                failure);
    }

    private static Status said(Status code, Throwable failure) {
        return code.withDescription(failure.getMessage()).withCause(failure);
    }
}
