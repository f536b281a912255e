package dev.drydock.controller.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The description of the API, which is for everybody: it is in the sources too. */
final class OpenApiPages {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MediaType YAML = MediaType.create("application", "yaml");

    private OpenApiPages() {}

    static void addTo(ServerBuilder server) {
        ObjectNode document = OpenApi.document(ApiDefinition.read());
        server.service("/v1/openapi.json", page(MediaType.JSON, json(document)));
        server.service("/v1/openapi.yaml", page(YAML, yaml(document)));
    }

    static String json(ObjectNode document) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return JSON.writer(printer).writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    static String yaml(ObjectNode document) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        return new Yaml(options).dump(JSON.convertValue(document, Map.class));
    }

    private static HttpService page(MediaType type, String text) {
        HttpData content = HttpData.ofUtf8(text);
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(type)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .build();
        return (context, request) -> switch (request.method()) {
            case GET, HEAD -> HttpResponse.of(headers, content);
            default -> ProblemHandler.of(HttpStatus.METHOD_NOT_ALLOWED).answer(context.path());
        };
    }
}
