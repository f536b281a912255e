package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.drydock.proto.v1.ArtifactHead;
import dev.drydock.proto.v1.CreateCalendarRequest;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.CreateTokenRequest;
import dev.drydock.proto.v1.CreateUserRequest;
import dev.drydock.proto.v1.ListAuditEntriesRequest;
import dev.drydock.proto.v1.Management;
import dev.drydock.proto.v1.Notices;
import dev.drydock.proto.v1.NotificationOuterClass;
import dev.drydock.proto.v1.PushArtifactRequest;
import dev.drydock.proto.v1.PushPlaybookRequest;
import dev.drydock.proto.v1.ReportScheduleOuterClass;
import dev.drydock.proto.v1.UserRole;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditedRequestTest {
    private static String json(Message message) {
        return AuditedRequest.of(message).json();
    }

    @Test
    void isTheJsonOfRest() {
        assertThat(json(CreateUserRequest.newBuilder()
                        .setName("björn")
                        .setRole(UserRole.OPERATOR)
                        .build()))
                .isEqualTo("{\"name\":\"bj\\u00F6rn\",\"role\":\"OPERATOR\"}");
        assertThat(json(CreateTokenRequest.newBuilder()
                        .setUses(10)
                        .setTtl(com.google.protobuf.Duration.newBuilder()
                                .setSeconds(3_600)
                                .setNanos(500_000_000))
                        .putLabels("role", "web")
                        .build()))
                .isEqualTo("{\"uses\":10,\"ttl\":\"3600.5s\",\"labels\":{\"role\":\"web\"}}");
        assertThat(json(ListAuditEntriesRequest.newBuilder()
                        .setFrom(Timestamp.newBuilder().setSeconds(1_795_953_600))
                        .build()))
                .isEqualTo("{\"from\":\"2026-11-29T12:00:00Z\"}");
        assertThat(json(CreateTeamRequest.newBuilder()
                        .addMail("a@example.com")
                        .addMail("b@example.com")
                        .setNotices(Notices.getDefaultInstance())
                        .setReplace(true)
                        .build()))
                .isEqualTo("{\"mail\":[\"a@example.com\",\"b@example.com\"],\"notices\":{},\"replace\":true}");
        assertThat(json(PushArtifactRequest.newBuilder()
                        .setHead(ArtifactHead.newBuilder().setName("a.zip").setSize(1L << 53))
                        .build()))
                .isEqualTo("{\"head\":{\"name\":\"a.zip\",\"size\":\"9007199254740992\"}}");
        assertThat(AuditedRequest.of(null)).isEqualTo(AuditedRequest.NONE);
    }

    @Test
    void whatIsLongStandsThereByItsDigest() throws Exception {
        String request = json(PushPlaybookRequest.newBuilder()
                .setEnvelope(ByteString.copyFrom(new byte[5_000]))
                .build());
        assertThat(request)
                .isEqualTo("{\"envelope\":{\"sha256\":"
                        + "\"7ca5bd879f393d9dd05b14f38add9c0fc6b67928f7f2d261b2e47a32ee8219e3\",\"bytes\":5000}}");
    }

    @Test
    void aRequestThatIsLongAsAWholeStandsThereByItsDigest() throws Exception {
        CreateTeamRequest.Builder team = CreateTeamRequest.newBuilder().setWebhookSecret("whsec_secret");
        for (int i = 0; i < 10_000; i++) {
            team.addMail("someone" + i + "@example.com");
        }
        AuditedRequest request = AuditedRequest.of(team.build());
        assertThat(new ObjectMapper().readTree(request.json()).path("sha256").asText())
                .matches("[0-9a-f]{64}");
        assertThat(request.json().length()).isLessThan(200);
        assertThat(request.withoutSecrets("said whsec_secret")).isEqualTo("said [redacted]");
    }

    @Test
    void linksThatLetInAreSecrets() {
        AuditedRequest request = AuditedRequest.of(CreateCalendarRequest.newBuilder()
                .setName("holidays")
                .setUrl("https://calendars.example.com/private.ics")
                .build());
        assertThat(request.json()).isEqualTo("{\"name\":\"holidays\",\"url\":\"[redacted]\"}");
        assertThat(request.withoutSecrets("url: 'https://calendars.example.com/private.ics' is none"))
                .isEqualTo("url: '[redacted]' is none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "new_password",
                "dbPassword",
                "client_secret",
                "token",
                "api-token",
                "totp",
                "otp_seed",
                "recovery_code",
                "PASSPHRASE"
            })
    void namesTell(String name) {
        assertThat(RequestJson.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "token_id", "codename", "encoder", "key_id", "secretary"})
    void otherNamesDoNot(String name) {
        assertThat(RequestJson.isSecret(name)).isFalse();
    }

    @Test
    void parametersCanBeSecretsToo() {
        AuditedRequest request = AuditedRequest.of(CreateTokenRequest.newBuilder()
                .putLabels("db_password", "hunter22")
                .build());
        assertThat(request.json()).isEqualTo("{\"labels\":{\"db_password\":\"[redacted]\"}}");
        assertThat(request.secrets()).containsExactly("hunter22");
    }

    /** All fields of all requests that change something: who adds one that holds a secret sees here whether that is known. */
    @Test
    void theseFieldsOfTheApiAreLeftOut() {
        Set<String> left = new TreeSet<>();
        Stream.of(
                        Management.getDescriptor(),
                        NotificationOuterClass.getDescriptor(),
                        ReportScheduleOuterClass.getDescriptor())
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream())
                .filter(method -> Permissions.changes(method.getService().getFullName() + "/" + method.getName()))
                .flatMap(method -> Stream.concat(
                                Stream.of(method.getInputType()),
                                method.getInputType().getFields().stream()
                                        .filter(field -> field.getName().equals("spec"))
                                        .map(FieldDescriptor::getMessageType))
                        .flatMap(type -> type.getFields().stream()))
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.STRING && !field.isRepeated())
                .filter(field -> json(DynamicMessage.newBuilder(field.getContainingType())
                                .setField(field, "x")
                                .build())
                        .contains("[redacted]"))
                .forEach(field -> left.add(field.getFullName()));
        assertThat(left)
                .containsExactlyElementsOf(List.of(
                        "drydock.v1.CreateCalendarRequest.url",
                        "drydock.v1.CreateReportScheduleRequest.webhook_secret",
                        "drydock.v1.CreateTeamRequest.webhook",
                        "drydock.v1.CreateTeamRequest.webhook_secret",
                        "drydock.v1.ReportScheduleSpec.webhook",
                        "drydock.v1.UpdateReportScheduleRequest.webhook_secret"));
    }
}
