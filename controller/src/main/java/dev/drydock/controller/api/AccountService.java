package dev.drydock.controller.api;

import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.security.login.Accounts;
import dev.drydock.controller.security.login.Sessions;
import dev.drydock.controller.security.token.ApiTokens;
import dev.drydock.controller.security.token.TokenScope;
import dev.drydock.proto.v1.AccountServiceGrpc.AccountServiceImplBase;
import dev.drydock.proto.v1.ChangePasswordRequest;
import dev.drydock.proto.v1.ChangePasswordResponse;
import dev.drydock.proto.v1.ConfirmTotpRequest;
import dev.drydock.proto.v1.ConfirmTotpResponse;
import dev.drydock.proto.v1.CreateApiTokenRequest;
import dev.drydock.proto.v1.CreateApiTokenResponse;
import dev.drydock.proto.v1.DisableTotpRequest;
import dev.drydock.proto.v1.DisableTotpResponse;
import dev.drydock.proto.v1.EnrolTotpRequest;
import dev.drydock.proto.v1.EnrolTotpResponse;
import dev.drydock.proto.v1.ListApiTokensRequest;
import dev.drydock.proto.v1.ListApiTokensResponse;
import dev.drydock.proto.v1.ListSessionsRequest;
import dev.drydock.proto.v1.ListSessionsResponse;
import dev.drydock.proto.v1.RevokeApiTokenRequest;
import dev.drydock.proto.v1.RevokeApiTokenResponse;
import dev.drydock.proto.v1.RevokeSessionsRequest;
import dev.drydock.proto.v1.RevokeSessionsResponse;
import dev.drydock.proto.v1.UserRole;
import dev.drydock.proto.v1.WhoAmIRequest;
import dev.drydock.proto.v1.WhoAmIResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One's own account: password, second factor, tokens and sessions. Of others' the tokens and sessions, for administrators. */
public final class AccountService extends AccountServiceImplBase {
    private static final Logger log = LoggerFactory.getLogger(AccountService.class);

    private final Users users;
    private final ApiTokens tokens;
    private final Accounts accounts;
    private final Sessions sessions;
    private final InstantSource clock;

    public AccountService(Users users, ApiTokens tokens, Accounts accounts, Sessions sessions, InstantSource clock) {
        this.users = users;
        this.tokens = tokens;
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> call) {
        Calls.answer(call, () -> {
            Principal caller = Caller.principal();
            var user = users.find(caller.user());
            WhoAmIResponse.Builder message = WhoAmIResponse.newBuilder()
                    .setUser(UserMapper.message(user, accounts.standing(user)))
                    .setCredential(caller.credential())
                    .addAllGrants(
                            caller.grants().stream().map(UserMapper::message).toList())
                    .setNarrowed(caller.narrowed());
            Times.timestamp(caller.until(), message::setExpiresAt);
            return message.build();
        });
    }

    @Override
    public void changePassword(ChangePasswordRequest request, StreamObserver<ChangePasswordResponse> call) {
        Calls.answer(call, () -> {
            String user = own();
            return Refusals.checked(() -> {
                accounts.change(user, request.getOldPassword(), request.getNewPassword());
                return ChangePasswordResponse.getDefaultInstance();
            });
        });
    }

    @Override
    public void enrolTotp(EnrolTotpRequest request, StreamObserver<EnrolTotpResponse> call) {
        Calls.answer(call, () -> {
            Accounts.Enrolment made = accounts.enrol(own(), request.getPassword());
            return EnrolTotpResponse.newBuilder()
                    .setSecret(made.secret())
                    .setUri(made.uri())
                    .build();
        });
    }

    @Override
    public void confirmTotp(ConfirmTotpRequest request, StreamObserver<ConfirmTotpResponse> call) {
        Calls.answer(call, () -> ConfirmTotpResponse.newBuilder()
                .addAllRecoveryCodes(accounts.confirm(own(), request.getCode()))
                .build());
    }

    @Override
    public void disableTotp(DisableTotpRequest request, StreamObserver<DisableTotpResponse> call) {
        Calls.answer(call, () -> {
            accounts.disable(own(), request.getPassword(), request.getCode());
            return DisableTotpResponse.getDefaultInstance();
        });
    }

    @Override
    public void createApiToken(CreateApiTokenRequest request, StreamObserver<CreateApiTokenResponse> call) {
        Calls.answer(
                call,
                () -> UserService.known(users, () -> {
                    own();
                    String user = users.find(of(request.getUser())).name();
                    List<String> problems = new ArrayList<>();
                    TokenScope scope = scope(request, problems);
                    Optional<Duration> lasts = request.hasTtl()
                            ? Optional.of(Times.duration("ttl", request.getTtl(), problems))
                            : Optional.empty();
                    Caller.principal()
                            .until()
                            .filter(until -> Caller.principal().token() && outlives(lasts, until))
                            .ifPresent(until -> problems.add("ttl: the token of this call ends at " + until
                                    + "; one that it makes cannot last longer"));
                    if (!problems.isEmpty()) {
                        throw Refusals.invalid(problems);
                    }
                    ApiTokens.Made made =
                            Refusals.checked(() -> tokens.create(user, request.getName(), lasts, scope, Caller.name()));
                    log.info("token {} of user {} was made by {}", request.getName(), user, Caller.name());
                    return CreateApiTokenResponse.newBuilder()
                            .setToken(TokenMapper.message(made.token()))
                            .setSecret(made.secret())
                            .build();
                }));
    }

    private boolean outlives(Optional<Duration> lasts, Instant until) {
        return lasts.map(ttl -> clock.instant().plus(ttl).isAfter(until)).orElse(true);
    }

    private static TokenScope scope(CreateApiTokenRequest request, List<String> problems) {
        Optional<Role> most = UserMapper.role(request.getRole());
        if (most.isEmpty() && request.getRole() != UserRole.USER_ROLE_UNSPECIFIED) {
            problems.add("role: is none of viewer, operator, approver, admin");
        }
        HostScope hosts = UserMapper.hosts(request.getHosts(), problems);
        return new TokenScope(most, hosts);
    }

    @Override
    public void listApiTokens(ListApiTokensRequest request, StreamObserver<ListApiTokensResponse> call) {
        Calls.answer(
                call,
                () -> UserService.known(users, () -> ListApiTokensResponse.newBuilder()
                        .addAllTokens(
                                tokens.list(users.find(of(request.getUser())).name()).stream()
                                        .map(TokenMapper::message)
                                        .toList())
                        .build()));
    }

    @Override
    public void revokeApiToken(RevokeApiTokenRequest request, StreamObserver<RevokeApiTokenResponse> call) {
        Calls.answer(
                call,
                () -> UserService.known(users, () -> {
                    String user = users.find(of(request.getUser())).name();
                    if (!Caller.principal().isToken(user, request.getName())) {
                        own();
                    }
                    if (!tokens.revoke(user, request.getName())) {
                        throw Refusals.notFound(
                                "token",
                                request.getName(),
                                tokens.list(user).stream()
                                        .map(token -> token.name())
                                        .toList());
                    }
                    log.info("token {} of user {} was revoked by {}", request.getName(), user, Caller.name());
                    return RevokeApiTokenResponse.getDefaultInstance();
                }));
    }

    @Override
    public void listSessions(ListSessionsRequest request, StreamObserver<ListSessionsResponse> call) {
        Calls.answer(
                call,
                () -> UserService.known(users, () -> ListSessionsResponse.newBuilder()
                        .addAllSessions(
                                sessions.list(users.find(of(request.getUser())).name()).stream()
                                        .map(TokenMapper::message)
                                        .toList())
                        .build()));
    }

    @Override
    public void revokeSessions(RevokeSessionsRequest request, StreamObserver<RevokeSessionsResponse> call) {
        Calls.answer(
                call,
                () -> UserService.known(users, () -> {
                    own();
                    String user = users.find(of(request.getUser())).name();
                    if (request.getId().isEmpty()) {
                        return RevokeSessionsResponse.newBuilder()
                                .setRevoked(accounts.endSessions(user, Caller.name()))
                                .build();
                    }
                    if (!sessions.revoke(user, request.getId())) {
                        throw Refusals.notFound("session", request.getId(), List.of());
                    }
                    return RevokeSessionsResponse.newBuilder().setRevoked(1).build();
                }));
    }

    /** Whose: the caller's own, or, for who administers the whole fleet, another's. There is no telling which others there are. */
    private static String of(String user) {
        if (!user.isEmpty()
                && !user.equals(Caller.name())
                && !Caller.principal().everywhere(Role.ADMIN)) {
            throw Refusals.forbidden(
                    "Another user's needs the role admin for the whole fleet; user " + Caller.name() + " has it not.");
        }
        return user.isEmpty() ? Caller.name() : user;
    }

    /** The caller's name, when the call came with all that the user may do: less must not make more of itself. */
    private static String own() {
        if (Caller.principal().narrowed()) {
            throw Refusals.forbidden("This " + Caller.principal().credential()
                    + " gives less than its user has, and so cannot change what lets the user in.");
        }
        return Caller.name();
    }
}
