package dev.drydock.cli.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.v1.CreateUserResponse;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.User;
import org.junit.jupiter.api.Test;

class RedactionTest {
    @Test
    void whatIsNamedLikeASecretIsLeftOutAtAnyDepthAndTheRestStays() {
        Rollout rollout = Rollout.newBuilder()
                .setId("ro-1")
                .setSpec(RolloutSpec.newBuilder()
                        .setName("web-nov")
                        .putParams("db_password", "hunter2")
                        .setSelector("host.labels.role == 'web'"))
                .build();

        assertThat(Redaction.of(rollout).toString())
                .contains("ro-1", "web-nov", "host.labels.role")
                .doesNotContain("hunter2", "db_password");
        assertThat(Redaction.of(CreateUserResponse.newBuilder()
                                .setUser(User.newBuilder().setName("anna"))
                                .setToken("dda1.anna.very-secret")
                                .build())
                        .toString())
                .contains("anna", Redaction.LEFT_OUT)
                .doesNotContain("very-secret");
    }
}
