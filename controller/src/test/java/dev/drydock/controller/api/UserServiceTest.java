package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.v1.CreateUserRequest;
import dev.drydock.proto.v1.CreateUserResponse;
import dev.drydock.proto.v1.ListUsersRequest;
import dev.drydock.proto.v1.RemoveUserRequest;
import dev.drydock.proto.v1.User;
import dev.drydock.proto.v1.UserRole;
import dev.drydock.proto.v1.UserServiceGrpc;
import dev.drydock.proto.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserServiceTest {
    @TempDir
    Path directory;

    private TestServer server;
    private UserServiceBlockingStub admin;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(
                directory,
                test -> List.of(new UserService(
                        test.users(), test.tokens(), test.login().accounts())));
        admin = server.client(UserServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CreateUserResponse create(String name, UserRole role) {
        return admin.createUser(
                CreateUserRequest.newBuilder().setName(name).setRole(role).build());
    }

    private UserServiceBlockingStub as(CreateUserResponse user) {
        return TestServer.withAuthorization(
                UserServiceGrpc.newBlockingStub(server.channel()), "Bearer " + user.getToken());
    }

    private static CreateUserRequest bob() {
        return CreateUserRequest.newBuilder()
                .setName("bob")
                .setRole(UserRole.VIEWER)
                .build();
    }

    @Test
    void aUserIsLetInAsWhatItIs() {
        UserServiceBlockingStub olga = as(create("olga", UserRole.OPERATOR));
        assertThat(olga.listUsers(ListUsersRequest.getDefaultInstance()).getUsersList())
                .extracting(User::getName)
                .containsExactly("admin", "olga");
        assertFails(Status.Code.PERMISSION_DENIED, () -> olga.createUser(bob()))
                .hasMessageContaining("CreateUser needs the role admin; user olga is operator.");
    }

    @Test
    void aRemovedUserIsNotLetIn() {
        UserServiceBlockingStub anna = as(create("anna", UserRole.ADMIN));
        assertThat(anna.createUser(bob()).getToken()).startsWith("dda1.");
        admin.removeUser(RemoveUserRequest.newBuilder().setName("anna").build());
        assertFails(Status.Code.UNAUTHENTICATED, () -> anna.listUsers(ListUsersRequest.getDefaultInstance()));
    }

    @Test
    void theLastAdministratorStays() {
        RemoveUserRequest request =
                RemoveUserRequest.newBuilder().setName("admin").build();
        assertFails(Status.Code.FAILED_PRECONDITION, () -> admin.removeUser(request))
                .hasMessageContaining("last administrator");
        create("anna", UserRole.ADMIN);
        admin.removeUser(request);
        assertFails(Status.Code.UNAUTHENTICATED, () -> admin.listUsers(ListUsersRequest.getDefaultInstance()));
    }

    @Test
    void anotherOfTheNameIsRefusedAndBadInputTold() {
        create("olga", UserRole.VIEWER);
        assertFails(Status.Code.FAILED_PRECONDITION, () -> create("olga", UserRole.ADMIN))
                .hasMessageContaining("There is a user olga already");
        assertFails(Status.Code.INVALID_ARGUMENT, () -> create("No Name", UserRole.ADMIN))
                .hasMessageContaining("name: 'No Name' is no name");
        assertFails(Status.Code.INVALID_ARGUMENT, () -> create("x", UserRole.USER_ROLE_UNSPECIFIED))
                .hasMessageContaining("role: is none of");
        assertFails(
                        Status.Code.NOT_FOUND,
                        () -> admin.removeUser(
                                RemoveUserRequest.newBuilder().setName("olgo").build()))
                .hasMessageContaining("Did you mean olga?");
    }
}
