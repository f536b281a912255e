package dev.drydock.controller.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
    private static final Path COPY = Path.of("../docs/openapi.json");

    private final ObjectNode document = OpenApi.document(ApiDefinition.read());

    /** Made anew with {@code -Ddrydock.docs=write}. */
    @Test
    void theCopyIsUpToDate() throws IOException {
        String now = OpenApiPages.json(document);
        if ("write".equals(System.getProperty("drydock.docs"))) {
            Files.writeString(COPY, now);
        }
        assertThat(Files.readString(COPY))
                .as("docs/openapi.json; run this test with -Ddrydock.docs=write")
                .isEqualTo(now);
    }

    @Test
    void everyMethodIsThere() {
        long methods = ApiDefinition.read().services().stream()
                .mapToLong(service -> service.getMethods().size())
                .sum();
        assertThat(document.findValues("operationId")).hasSize((int) methods).hasSizeGreaterThan(50);
    }

    @Test
    void commentsOfTheDefinitionAreTold() {
        assertThat(document.at("/paths/~1v1~1rollouts~1{name}:approve/post/description")
                        .asText())
                .isEqualTo("Lets a wave begin that needs a second person's word.");
        assertThat(document.at("/components/schemas/Host/properties/cloned/description")
                        .asText())
                .isEqualTo("Two machines speak with this identity.");
        assertThat(document.at("/components/schemas/UserRole/description").asText())
                .startsWith("Each may do what those before it may.\n- `VIEWER`: Sees everything");
        // Two messages of this name.
        assertThat(document.at("/components/schemas/FactsHost/type").asText()).isEqualTo("object");
    }

    @Test
    void streamsAreEvents() {
        JsonNode answer = document.at("/paths/~1v1~1rollouts~1{name}:watch/get/responses/200");
        assertThat(answer.at("/content").has("text/event-stream")).isTrue();
        assertThat(answer.at("/x-event-data/$ref").asText()).isEqualTo("#/components/schemas/RolloutUpdate");
    }

    @Test
    void yamlSaysTheSame() throws IOException {
        Object read = new org.yaml.snakeyaml.Yaml().load(OpenApiPages.yaml(document));
        JsonNode again = new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(read);
        assertThat(again).isEqualTo(document);
    }
}
