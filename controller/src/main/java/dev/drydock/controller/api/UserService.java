package dev.drydock.controller.api;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.UnknownUserException;
import dev.drydock.controller.security.User;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.security.login.Accounts;
import dev.drydock.controller.security.token.ApiTokens;
import dev.drydock.controller.security.token.TokenScope;
import dev.drydock.proto.v1.CreateUserRequest;
import dev.drydock.proto.v1.CreateUserResponse;
import dev.drydock.proto.v1.ListUsersRequest;
import dev.drydock.proto.v1.ListUsersResponse;
import dev.drydock.proto.v1.RemoveUserRequest;
import dev.drydock.proto.v1.RemoveUserResponse;
import dev.drydock.proto.v1.UserServiceGrpc.UserServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is let in, and as what. */
public final class UserService extends UserServiceImplBase {
    private static final Logger log = LoggerFactory.getLogger(UserService.class);

    private final Users users;
    private final ApiTokens tokens;
    private final Accounts accounts;

    public UserService(Users users, ApiTokens tokens, Accounts accounts) {
        this.users = users;
        this.tokens = tokens;
        this.accounts = accounts;
    }

    @Override
    public void createUser(CreateUserRequest request, StreamObserver<CreateUserResponse> call) {
        Calls.answer(call, () -> {
            List<String> problems = new ArrayList<>();
            Grant grant = UserMapper.grant(request.getRole(), request.getHosts(), problems);
            if (!problems.isEmpty()) {
                throw Refusals.invalid(problems);
            }
            String name = request.getName();
            User user = Refusals.checked(() -> users.add(name, grant));
            ApiTokens.Made made = tokens.create(name, ApiTokens.FIRST, Optional.empty(), TokenScope.ALL, Caller.name());
            log.info("user {}, {}, was made by {}", name, grant, Caller.name());
            return CreateUserResponse.newBuilder()
                    .setUser(UserMapper.message(user, accounts.standing(user)))
                    .setToken(made.secret())
                    .build();
        });
    }

    @Override
    public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> call) {
        Calls.answer(call, () -> {
            Function<User, Accounts.Standing> standings = accounts.standings();
            return ListUsersResponse.newBuilder()
                    .addAllUsers(users.list().stream()
                            .map(user -> UserMapper.message(user, standings.apply(user)))
                            .toList())
                    .build();
        });
    }

    @Override
    public void removeUser(RemoveUserRequest request, StreamObserver<RemoveUserResponse> call) {
        Calls.answer(
                call,
                () -> known(users, () -> {
                    users.remove(request.getName());
                    log.info("user {} was removed by {}", request.getName(), Caller.name());
                    return RemoveUserResponse.getDefaultInstance();
                }));
    }

    /** Suggests the nearest name where there is none of this one. */
    static <T> T known(Users users, Supplier<T> work) {
        try {
            return work.get();
        } catch (UnknownUserException e) {
            throw Refusals.notFound(
                    "user", e.name(), users.list().stream().map(User::name).toList());
        }
    }
}
