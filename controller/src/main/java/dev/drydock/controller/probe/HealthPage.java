package dev.drydock.controller.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.drydock.controller.health.Health;
import dev.drydock.controller.health.Verdict;

/**
 * Says to anybody whether all is well: 200 and {@code ok}, or 503 and {@code failing}. Asked with {@code ?verbose} it names
 * the checks, as JSON. It says no more, since no login is asked for.
 */
public final class HealthPage extends Page {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Health health;

    public HealthPage(Health health) {
        this.health = health;
    }

    @Override
    HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
        Verdict verdict = health.verdict();
        HttpStatus status = verdict.ok() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
        return context.queryParams().contains("verbose")
                ? answer(status, MediaType.JSON_UTF_8, json(verdict))
                : answer(status, TEXT, word(verdict.ok()) + "\n");
    }

    private static String json(Verdict verdict) {
        ObjectNode all = JSON.createObjectNode().put("status", word(verdict.ok()));
        ArrayNode checks = all.putArray("checks");
        verdict.checks()
                .forEach((name, ok) -> checks.addObject().put("name", name).put("status", word(ok)));
        try {
            return JSON.writeValueAsString(all) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always JSON", e);
        }
    }

    private static String word(boolean ok) {
        return ok ? "ok" : "failing";
    }
}
