package dev.drydock.controller.api;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.security.login.Accounts;
import dev.drydock.proto.v1.AccessServiceGrpc.AccessServiceImplBase;
import dev.drydock.proto.v1.AddGrantRequest;
import dev.drydock.proto.v1.RemoveGrantRequest;
import dev.drydock.proto.v1.ResetPasswordRequest;
import dev.drydock.proto.v1.ResetPasswordResponse;
import dev.drydock.proto.v1.ResetTotpRequest;
import dev.drydock.proto.v1.SetSingleSignOnRequest;
import dev.drydock.proto.v1.UnlockUserRequest;
import dev.drydock.proto.v1.User;
import dev.drydock.proto.v1.UserRole;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What administrators do with other people's access. */
public final class AccessService extends AccessServiceImplBase {
    private static final Logger log = LoggerFactory.getLogger(AccessService.class);

    private final Users users;
    private final Accounts accounts;

    public AccessService(Users users, Accounts accounts) {
        this.users = users;
        this.accounts = accounts;
    }

    @Override
    public void addGrant(AddGrantRequest request, StreamObserver<User> call) {
        Calls.answer(
                call,
                () -> UserService.known(users, () -> {
                    Grant grant = grant(request.getRole(), request.getHosts());
                    var user = users.grant(request.getUser(), grant);
                    log.info("user {} was made {} by {}", user.name(), grant, Caller.name());
                    return shown(user);
                }));
    }

    @Override
    public void removeGrant(RemoveGrantRequest request, StreamObserver<User> call) {
        Calls.answer(
                call,
                () -> UserService.known(users, () -> {
                    Grant grant = grant(request.getRole(), request.getHosts());
                    var user = users.ungrant(request.getUser(), grant);
                    log.info("user {} is {} no more, by {}", user.name(), grant, Caller.name());
                    return shown(user);
                }));
    }

    @Override
    public void resetPassword(ResetPasswordRequest request, StreamObserver<ResetPasswordResponse> call) {
        Calls.answer(
                call,
                () -> UserService.known(users, () -> ResetPasswordResponse.newBuilder()
                        .setOneTimePassword(accounts.reset(request.getUser(), Caller.name()))
                        .build()));
    }

    @Override
    public void resetTotp(ResetTotpRequest request, StreamObserver<User> call) {
        changed(request.getUser(), call, () -> accounts.resetTotp(request.getUser(), Caller.name()));
    }

    @Override
    public void setSingleSignOn(SetSingleSignOnRequest request, StreamObserver<User> call) {
        changed(request.getUser(), call, () -> {
            if (request.getAllowed()) {
                accounts.allowSingleSignOn(request.getUser(), Caller.name());
            } else {
                accounts.forbidSingleSignOn(request.getUser(), Caller.name());
            }
        });
    }

    @Override
    public void unlockUser(UnlockUserRequest request, StreamObserver<User> call) {
        changed(request.getUser(), call, () -> accounts.unlock(request.getUser(), Caller.name()));
    }

    private void changed(String user, StreamObserver<User> call, Runnable change) {
        Calls.answer(
                call,
                () -> UserService.known(users, () -> {
                    change.run();
                    return shown(users.find(user));
                }));
    }

    private User shown(dev.drydock.controller.security.User user) {
        return UserMapper.message(user, accounts.standing(user));
    }

    private static Grant grant(UserRole role, String hosts) {
        List<String> problems = new ArrayList<>();
        Grant grant = UserMapper.grant(role, hosts, problems);
        if (!problems.isEmpty()) {
            throw Refusals.invalid(problems);
        }
        return grant;
    }
}
