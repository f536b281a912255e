package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.login.Logins;
import dev.drydock.proto.v1.AccessServiceGrpc;
import dev.drydock.proto.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.drydock.proto.v1.AccountServiceGrpc;
import dev.drydock.proto.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import dev.drydock.proto.v1.AddGrantRequest;
import dev.drydock.proto.v1.ApiToken;
import dev.drydock.proto.v1.ChangePasswordRequest;
import dev.drydock.proto.v1.CreateApiTokenRequest;
import dev.drydock.proto.v1.EnrolTotpRequest;
import dev.drydock.proto.v1.ListApiTokensRequest;
import dev.drydock.proto.v1.ListSessionsRequest;
import dev.drydock.proto.v1.RemoveGrantRequest;
import dev.drydock.proto.v1.ResetPasswordRequest;
import dev.drydock.proto.v1.RevokeApiTokenRequest;
import dev.drydock.proto.v1.RevokeSessionsRequest;
import dev.drydock.proto.v1.UnlockUserRequest;
import dev.drydock.proto.v1.User;
import dev.drydock.proto.v1.UserRole;
import dev.drydock.proto.v1.WhoAmIRequest;
import dev.drydock.proto.v1.WhoAmIResponse;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountServiceTest {
    private static final String NEW_PASSWORD = "seven kites over the pier";

    @TempDir
    Path directory;

    private TestServer server;
    private AccessServiceBlockingStub admin;
    private AccountServiceBlockingStub olga;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(
                directory,
                test -> List.of(
                        new AccessService(test.users(), test.login().accounts()),
                        new AccountService(
                                test.users(),
                                test.tokens(),
                                test.login().accounts(),
                                test.login().sessions(),
                                TestServer.CLOCK)));
        admin = server.client(AccessServiceGrpc::newBlockingStub);
        olga = account(server.user("olga", Role.OPERATOR, "host.labels.client == 'a'"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private AccountServiceBlockingStub account(String header) {
        return TestServer.withAuthorization(AccountServiceGrpc.newBlockingStub(server.channel()), header);
    }

    private String made(CreateApiTokenRequest.Builder request) {
        return "Bearer " + olga.createApiToken(request.build()).getSecret();
    }

    private static WhoAmIResponse whoAmI(AccountServiceBlockingStub stub) {
        return stub.whoAmI(WhoAmIRequest.getDefaultInstance());
    }

    @Test
    void saysWhoCallsAndWhatTheTokenGives() {
        WhoAmIResponse all = whoAmI(olga);
        assertThat(all.getUser().getName()).isEqualTo("olga");
        assertThat(all.getCredential()).isEqualTo("token first");
        assertThat(all.getGrantsList()).isEqualTo(all.getUser().getGrantsList());
        assertThat(all.getNarrowed()).isFalse();

        WhoAmIResponse less = whoAmI(account(made(CreateApiTokenRequest.newBuilder()
                .setName("read")
                .setRole(UserRole.VIEWER)
                .setHosts("host.labels.role == 'web'")
                .setTtl(Duration.newBuilder().setSeconds(60)))));
        assertThat(less.getNarrowed()).isTrue();
        assertThat(less.getGrants(0).getRole()).isEqualTo(UserRole.VIEWER);
        assertThat(less.getGrants(0).getHosts())
                .isEqualTo("(host.labels.client == 'a') && (host.labels.role == 'web')");
        assertThat(less.getExpiresAt()).isEqualTo(Times.timestamp(FakeHosts.NOON.plusSeconds(60)));
    }

    /** The password is in two people's hands: nothing else is open before it is one's own. */
    @Test
    void whoHasAPasswordOfAnAdministratorMayChooseAnotherAndNothingElse() {
        String given = admin.resetPassword(
                        ResetPasswordRequest.newBuilder().setUser("olga").build())
                .getOneTimePassword();
        Logins.LoggedIn in = (Logins.LoggedIn) server.login().logins().login("olga", given, "", "127.0.0.1");
        assertThat(in.mustChangePassword()).isTrue();
        AccountServiceBlockingStub locked = account("Session " + in.session().secret());
        assertThat(whoAmI(locked).getUser().getName()).isEqualTo("olga");
        assertFails(
                Status.Code.PERMISSION_DENIED,
                () -> locked.createApiToken(
                        CreateApiTokenRequest.newBuilder().setName("x").build()));
        assertFails(Status.Code.PERMISSION_DENIED, () -> locked.listSessions(ListSessionsRequest.getDefaultInstance()));

        var unused = locked.changePassword(ChangePasswordRequest.newBuilder()
                .setOldPassword(given)
                .setNewPassword("a harbour of my own")
                .build());
        assertFails(Status.Code.UNAUTHENTICATED, () -> whoAmI(locked));
        Logins.LoggedIn own =
                (Logins.LoggedIn) server.login().logins().login("olga", "a harbour of my own", "", "127.0.0.1");
        assertThat(own.mustChangePassword()).isFalse();
        assertThat(account("Session " + own.session().secret())
                        .listSessions(ListSessionsRequest.getDefaultInstance())
                        .getSessionsCount())
                .isEqualTo(1);
    }

    @Test
    void aTokenThatGivesLessMakesNothingThatGivesMore() {
        AccountServiceBlockingStub less =
                account(made(CreateApiTokenRequest.newBuilder().setName("read").setRole(UserRole.VIEWER)));
        assertFails(
                        Status.Code.PERMISSION_DENIED,
                        () -> less.createApiToken(
                                CreateApiTokenRequest.newBuilder().setName("x").build()))
                .hasMessageContaining("gives less than its user has");
        assertFails(
                Status.Code.PERMISSION_DENIED, () -> less.changePassword(ChangePasswordRequest.getDefaultInstance()));
        assertFails(Status.Code.PERMISSION_DENIED, () -> less.enrolTotp(EnrolTotpRequest.getDefaultInstance()));
        assertFails(
                Status.Code.PERMISSION_DENIED,
                () -> less.revokeApiToken(
                        RevokeApiTokenRequest.newBuilder().setName("first").build()));
        // But it may end itself.
        assertThat(less.revokeApiToken(
                        RevokeApiTokenRequest.newBuilder().setName("read").build()))
                .isNotNull();
        assertFails(Status.Code.UNAUTHENTICATED, () -> whoAmI(less));
    }

    @Test
    void aTokenMakesNoneThatLastsLonger() {
        AccountServiceBlockingStub minute = account(made(CreateApiTokenRequest.newBuilder()
                .setName("minute")
                .setTtl(Duration.newBuilder().setSeconds(60))));
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> minute.createApiToken(
                                CreateApiTokenRequest.newBuilder().setName("x").build()))
                .hasMessageContaining("cannot last longer");
        assertThat(minute.createApiToken(CreateApiTokenRequest.newBuilder()
                                .setName("x")
                                .setTtl(Duration.newBuilder().setSeconds(60))
                                .build())
                        .getSecret())
                .startsWith("dda1.");
    }

    @Test
    void othersTokensAreForAdministrators() {
        var ofAdmin = ListApiTokensRequest.newBuilder().setUser("admin").build();
        var ofNobody =
                ListApiTokensRequest.newBuilder().setUser("nobody-at-all").build();
        assertFails(Status.Code.PERMISSION_DENIED, () -> olga.listApiTokens(ofAdmin));
        assertFails(Status.Code.PERMISSION_DENIED, () -> olga.listApiTokens(ofNobody));
        assertFails(
                Status.Code.PERMISSION_DENIED,
                () -> olga.revokeSessions(
                        RevokeSessionsRequest.newBuilder().setUser("admin").build()));
        AccountServiceBlockingStub root = server.client(AccountServiceGrpc::newBlockingStub);
        assertThat(root.listApiTokens(ListApiTokensRequest.newBuilder()
                                .setUser("olga")
                                .build())
                        .getTokensList())
                .extracting(ApiToken::getName)
                .containsExactly("first");
        assertFails(Status.Code.NOT_FOUND, () -> root.listApiTokens(ofNobody));
        root.revokeApiToken(RevokeApiTokenRequest.newBuilder()
                .setUser("olga")
                .setName("first")
                .build());
        assertFails(Status.Code.UNAUTHENTICATED, () -> whoAmI(olga));
    }

    @Test
    void allThatIsWrongWithATokenIsToldAtOnce() {
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> olga.createApiToken(CreateApiTokenRequest.newBuilder()
                                .setName("x")
                                .setRoleValue(99)
                                .setHosts("host.labls.x == 'y'")
                                .build()))
                .hasMessageContaining("role: is none of")
                .hasMessageContaining("hosts: ")
                .hasMessageContaining("did you mean labels?");
    }

    @Test
    void aGivenPasswordLetsInToChooseAnother() {
        String given = admin.resetPassword(
                        ResetPasswordRequest.newBuilder().setUser("olga").build())
                .getOneTimePassword();
        Logins.LoggedIn first = (Logins.LoggedIn) server.login().logins().login("olga", given, "", "192.0.2.1");
        assertThat(first.mustChangePassword()).isTrue();
        assertThat(whoAmI(olga).getUser().getMustChangePassword()).isTrue();

        assertFails(Status.Code.INVALID_ARGUMENT, () -> change(given, "olga"))
                .hasMessageContaining("has 4 characters")
                .hasMessageContaining("the user's name");
        assertFails(Status.Code.FAILED_PRECONDITION, () -> change("not the old one", NEW_PASSWORD))
                .hasMessageContaining("The password is wrong");
        change(given, NEW_PASSWORD);
        assertThat(server.login().sessions().find(first.session().secret())).isEmpty();
        assertThat(server.login().logins().login("olga", NEW_PASSWORD, "", "192.0.2.1"))
                .isInstanceOf(Logins.LoggedIn.class);
        assertThat(olga.listSessions(ListSessionsRequest.getDefaultInstance()).getSessionsList())
                .hasSize(1)
                .allSatisfy(session -> assertThat(session.getAddress()).isEqualTo("192.0.2.1"));
        assertThat(olga.revokeSessions(RevokeSessionsRequest.getDefaultInstance())
                        .getRevoked())
                .isEqualTo(1);
    }

    private void change(String old, String fresh) {
        var unused = olga.changePassword(ChangePasswordRequest.newBuilder()
                .setOldPassword(old)
                .setNewPassword(fresh)
                .build());
    }

    @Test
    void whoIsLockedOutIsUnlockedByAnAdministrator() {
        String given = admin.resetPassword(
                        ResetPasswordRequest.newBuilder().setUser("olga").build())
                .getOneTimePassword();
        for (int i = 0; i < 5; i++) {
            server.login().logins().login("olga", "wrong", "", "192.0.2." + i);
        }
        assertThat(whoAmI(olga).getUser().hasLockedUntil()).isTrue();
        assertThat(server.login().logins().login("olga", given, "", "192.0.2.9"))
                .isInstanceOf(Logins.Refused.class);
        User unlocked =
                admin.unlockUser(UnlockUserRequest.newBuilder().setUser("olga").build());
        assertThat(unlocked.hasLockedUntil()).isFalse();
        assertThat(server.login().logins().login("olga", given, "", "192.0.2.9"))
                .isInstanceOf(Logins.LoggedIn.class);
    }

    @Test
    void grantsComeAndGoButTheLastAdministratorStays() {
        AddGrantRequest add = AddGrantRequest.newBuilder()
                .setUser("olga")
                .setRole(UserRole.APPROVER)
                .setHosts("host.labels.client == 'b'")
                .build();
        admin.addGrant(add);
        User user = admin.addGrant(add);
        assertThat(user.getGrantsCount()).isEqualTo(2);
        assertThat(user.getRole()).isEqualTo(UserRole.APPROVER);
        assertThat(admin.removeGrant(RemoveGrantRequest.newBuilder()
                                .setUser("olga")
                                .setRole(UserRole.APPROVER)
                                .setHosts("host.labels.client == 'b'")
                                .build())
                        .getGrantsCount())
                .isEqualTo(1);
        assertFails(
                        Status.Code.FAILED_PRECONDITION,
                        () -> admin.removeGrant(RemoveGrantRequest.newBuilder()
                                .setUser("admin")
                                .setRole(UserRole.ADMIN)
                                .build()))
                .hasMessageContaining("last administrator");
        assertFails(
                        Status.Code.NOT_FOUND,
                        () -> admin.addGrant(add.toBuilder().setUser("olgo").build()))
                .hasMessageContaining("Did you mean olga?");
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> admin.addGrant(add.toBuilder().setHosts("host.").build()))
                .hasMessageContaining("hosts: ");
    }
}
