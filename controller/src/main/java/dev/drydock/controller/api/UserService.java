package dev.drydock.controller.api;

import dev.drydock.controller.security.ApiTokens;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.User;
import dev.drydock.controller.security.UserRefusedException;
import dev.drydock.proto.v1.CreateUserRequest;
import dev.drydock.proto.v1.CreateUserResponse;
import dev.drydock.proto.v1.ListUsersRequest;
import dev.drydock.proto.v1.ListUsersResponse;
import dev.drydock.proto.v1.RemoveUserRequest;
import dev.drydock.proto.v1.RemoveUserResponse;
import dev.drydock.proto.v1.UserRole;
import dev.drydock.proto.v1.UserServiceGrpc.UserServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is let in, and as what. */
public final class UserService extends UserServiceImplBase {
    private static final Logger log = LoggerFactory.getLogger(UserService.class);

    private final ApiTokens tokens;

    public UserService(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void createUser(CreateUserRequest request, StreamObserver<CreateUserResponse> call) {
        Calls.answer(call, () -> {
            Role role = role(request.getRole());
            String token = allowed(() -> Refusals.checked(() -> tokens.add(request.getName(), role)));
            log.info("user {} with the role {} was made by {}", request.getName(), role, Caller.name());
            return CreateUserResponse.newBuilder()
                    .setUser(message(find(request.getName())))
                    .setToken(token)
                    .build();
        });
    }

    private User find(String name) {
        return tokens.list().stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusals.notFound("user", name, names()));
    }

    @Override
    public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> call) {
        Calls.answer(call, () -> ListUsersResponse.newBuilder()
                .addAllUsers(tokens.list().stream().map(UserService::message).toList())
                .build());
    }

    @Override
    public void removeUser(RemoveUserRequest request, StreamObserver<RemoveUserResponse> call) {
        Calls.answer(call, () -> {
            if (!allowed(() -> tokens.remove(request.getName()))) {
                throw Refusals.notFound("user", request.getName(), names());
            }
            log.info("user {} was removed by {}", request.getName(), Caller.name());
            return RemoveUserResponse.getDefaultInstance();
        });
    }

    private List<String> names() {
        return tokens.list().stream().map(User::name).toList();
    }

    private static <T> T allowed(Supplier<T> change) {
        try {
            return change.get();
        } catch (UserRefusedException e) {
            throw Refusals.refused(String.valueOf(e.getMessage()));
        }
    }

    private static Role role(UserRole role) {
        return switch (role) {
            case VIEWER -> Role.VIEWER;
            case OPERATOR -> Role.OPERATOR;
            case APPROVER -> Role.APPROVER;
            case ADMIN -> Role.ADMIN;
            case USER_ROLE_UNSPECIFIED, UNRECOGNIZED ->
                throw Refusals.invalid(List.of("role: is none of viewer, operator, approver, admin"));
        };
    }

    private static dev.drydock.proto.v1.User message(User user) {
        return dev.drydock.proto.v1.User.newBuilder()
                .setName(user.name())
                .setRole(
                        switch (user.role()) {
                            case VIEWER -> UserRole.VIEWER;
                            case OPERATOR -> UserRole.OPERATOR;
                            case APPROVER -> UserRole.APPROVER;
                            case ADMIN -> UserRole.ADMIN;
                        })
                .setCreatedAt(Times.timestamp(user.createdAt()))
                .build();
    }
}
