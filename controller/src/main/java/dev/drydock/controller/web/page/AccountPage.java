package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.AccountServiceGrpc;
import dev.drydock.proto.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import dev.drydock.proto.v1.ApiToken;
import dev.drydock.proto.v1.ChangePasswordRequest;
import dev.drydock.proto.v1.ConfirmTotpRequest;
import dev.drydock.proto.v1.EnrolTotpRequest;
import dev.drydock.proto.v1.EnrolTotpResponse;
import dev.drydock.proto.v1.ListApiTokensRequest;
import dev.drydock.proto.v1.ListSessionsRequest;
import dev.drydock.proto.v1.RevokeSessionsRequest;
import dev.drydock.proto.v1.Session;
import dev.drydock.proto.v1.WhoAmIRequest;
import dev.drydock.proto.v1.WhoAmIResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;

/** One's own account: password, second factor, tokens, sessions. */
public final class AccountPage {
    public Reply show(Request request) {
        return show(request, "", "", List.of());
    }

    private static Reply show(Request request, String problem, String uri, List<String> codes) {
        AccountServiceBlockingStub account = account(request);
        boolean locked = request.session().mustChangePassword();
        // Without a role there is a password to change, and nothing else.
        boolean bare = locked || !request.may().see();
        View view = new View(
                account.whoAmI(WhoAmIRequest.getDefaultInstance()),
                bare
                        ? List.of()
                        : account.listApiTokens(ListApiTokensRequest.getDefaultInstance())
                                .getTokensList(),
                bare
                        ? List.of()
                        : account.listSessions(ListSessionsRequest.getDefaultInstance())
                                .getSessionsList(),
                locked,
                bare,
                problem,
                uri,
                codes);
        return new Reply.Page(problem.isEmpty() ? 200 : 400, "account", "account", "Account", Map.of("view", view));
    }

    /** All sessions end with it, this one too: the door is next. */
    public Reply changePassword(Request request) {
        if (!request.form("newPassword").equals(request.form("again"))) {
            return show(request, "The two new passwords differ.", "", List.of());
        }
        try {
            var unused = account(request)
                    .changePassword(ChangePasswordRequest.newBuilder()
                            .setOldPassword(request.form("oldPassword"))
                            .setNewPassword(request.form("newPassword"))
                            .build());
        } catch (StatusRuntimeException e) {
            return show(request, said(e), "", List.of());
        }
        return new Reply.Seen("/account");
    }

    public Reply enrol(Request request) {
        try {
            EnrolTotpResponse enrolled = account(request)
                    .enrolTotp(EnrolTotpRequest.newBuilder()
                            .setPassword(request.form("password"))
                            .build());
            return show(request, "", enrolled.getUri(), List.of());
        } catch (StatusRuntimeException e) {
            return show(request, said(e), "", List.of());
        }
    }

    /** The recovery codes are shown once. */
    public Reply confirm(Request request) {
        try {
            return show(
                    request,
                    "",
                    "",
                    account(request)
                            .confirmTotp(ConfirmTotpRequest.newBuilder()
                                    .setCode(request.form("code"))
                                    .build())
                            .getRecoveryCodesList());
        } catch (StatusRuntimeException e) {
            return show(request, said(e), "", List.of());
        }
    }

    public Reply endSession(Request request) {
        var unused = account(request)
                .revokeSessions(RevokeSessionsRequest.newBuilder()
                        .setId(request.form("id"))
                        .build());
        return new Reply.Seen("/account");
    }

    private static String said(StatusRuntimeException refusal) {
        if (refusal.getStatus().getCode() == Status.Code.INTERNAL) {
            throw refusal;
        }
        return String.valueOf(refusal.getStatus().getDescription());
    }

    private static AccountServiceBlockingStub account(Request request) {
        return request.api().calls(AccountServiceGrpc::newBlockingStub);
    }

    /**
     * @param locked the password must be changed first
     * @param bare nothing else can be done
     * @param problem why what was asked for was not done; empty: it was
     * @param uri of a second factor that is to be confirmed
     * @param codes for when the second factor is lost
     */
    public record View(
            WhoAmIResponse who,
            List<ApiToken> tokens,
            List<Session> sessions,
            boolean locked,
            boolean bare,
            String problem,
            String uri,
            List<String> codes) {}
}
