package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drydock.controller.store.SqlEnrolmentTokens;
import dev.drydock.proto.v1.CreateTokenRequest;
import dev.drydock.proto.v1.CreateTokenResponse;
import dev.drydock.proto.v1.ListTokensRequest;
import dev.drydock.proto.v1.RevokeTokenRequest;
import dev.drydock.proto.v1.TokenServiceGrpc;
import dev.drydock.proto.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.grpc.Status;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenServiceTest {
    @TempDir
    Path directory;

    private TestServer server;
    private TokenServiceBlockingStub tokens;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(
                directory,
                test -> List.of(new TokenService(new SqlEnrolmentTokens(
                        test.store(),
                        TestServer.CLOCK,
                        new SecureRandom(),
                        test.authority().fingerprint()))));
        tokens = server.client(TokenServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void createsListsAndRevokes() {
        CreateTokenResponse created = create(10, 3600);
        assertThat(created.getSecret())
                .startsWith("dd1." + created.getToken().getId() + ".")
                .endsWith("." + server.authority().fingerprint());
        assertThat(created.getToken().getUsesLeft()).isEqualTo(10);
        assertThat(created.getToken().getLabelsMap()).isEqualTo(Map.of("role", "web"));
        assertThat(created.getToken().getExpiresAt()).isEqualTo(Times.timestamp(FakeHosts.NOON.plusSeconds(3600)));

        RevokeTokenRequest revoke = RevokeTokenRequest.newBuilder()
                .setId(created.getToken().getId())
                .build();
        assertThat(tokens.revokeToken(revoke).getRevoked()).isTrue();
        assertThat(tokens.revokeToken(revoke).getRevoked()).isTrue();
        assertThat(tokens.listTokens(ListTokensRequest.getDefaultInstance()).getTokensList())
                .containsExactly(created.getToken().toBuilder().setRevoked(true).build());
    }

    @Test
    void namesAllThatIsWrong() {
        assertFails(Status.Code.INVALID_ARGUMENT, () -> create(0, 0))
                .hasMessageContaining("uses:")
                .hasMessageContaining("\nttl:");
        assertFails(Status.Code.INVALID_ARGUMENT, () -> create(1, Long.MAX_VALUE))
                .hasMessageContaining("ttl: " + Long.MAX_VALUE);
        assertFails(Status.Code.NOT_FOUND, () -> assertThat(tokens.revokeToken(
                        RevokeTokenRequest.newBuilder().setId("absent").build()))
                .isNotNull());
    }

    private CreateTokenResponse create(int uses, long seconds) {
        return tokens.createToken(CreateTokenRequest.newBuilder()
                .setUses(uses)
                .setTtl(Duration.newBuilder().setSeconds(seconds))
                .putLabels("role", "web")
                .build());
    }
}
