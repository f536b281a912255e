package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Asked;
import dev.drydock.controller.web.http.Pager;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.GetVulnerabilityRequest;
import dev.drydock.proto.v1.ListVulnerabilitiesRequest;
import dev.drydock.proto.v1.ListVulnerabilitiesResponse;
import dev.drydock.proto.v1.Vulnerability;
import dev.drydock.proto.v1.VulnerabilityServiceGrpc;
import dev.drydock.proto.v1.VulnerabilityServiceGrpc.VulnerabilityServiceBlockingStub;
import dev.drydock.proto.v1.VulnerabilitySeverity;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Vulnerabilities that hosts have and an update on offer mends. */
public final class VulnerabilitiesPage {
    /** That a reader may ask for, this or worse. */
    public static final List<String> SEVERITIES = List.of("low", "medium", "high", "critical");

    public Reply list(Request request) {
        String filter = request.query("filter");
        String severity = SEVERITIES.contains(request.query("severity")) ? request.query("severity") : "";
        boolean exploited = !request.query("exploited").isEmpty();
        Asked<ListVulnerabilitiesResponse> answer;
        String problem = "";
        try {
            answer = Asked.of(() -> vulnerabilities(request)
                    .listVulnerabilities(ListVulnerabilitiesRequest.newBuilder()
                            .setFilter(filter)
                            .setAtLeast(atLeast(severity))
                            .setExploited(exploited)
                            .setPageSize(Pager.SIZE)
                            .setPageToken(request.query("page"))
                            .build()));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
                throw e;
            }
            problem = String.valueOf(e.getStatus().getDescription());
            answer = Asked.of(ListVulnerabilitiesResponse::getDefaultInstance);
        }
        return Reply.page(
                "vulnerabilities",
                "vulnerabilities",
                "Vulnerabilities",
                new View(answer, filter, severity, exploited, problem));
    }

    public Reply show(Request request) {
        Vulnerability one = vulnerabilities(request)
                .getVulnerability(GetVulnerabilityRequest.newBuilder()
                        .setCve(request.path("cve"))
                        .build());
        return Reply.page("vulnerability", "vulnerabilities", one.getCve(), new One(one));
    }

    private static VulnerabilitySeverity atLeast(String severity) {
        return switch (severity) {
            case "low" -> VulnerabilitySeverity.VULNERABILITY_LOW;
            case "medium" -> VulnerabilitySeverity.VULNERABILITY_MEDIUM;
            case "high" -> VulnerabilitySeverity.VULNERABILITY_HIGH;
            case "critical" -> VulnerabilitySeverity.VULNERABILITY_CRITICAL;
            default -> VulnerabilitySeverity.VULNERABILITY_SEVERITY_UNSPECIFIED;
        };
    }

    private static VulnerabilityServiceBlockingStub vulnerabilities(Request request) {
        return request.api().calls(VulnerabilityServiceGrpc::newBlockingStub);
    }

    /** @param problem why the filter is none; empty: it is one */
    public record View(
            Asked<ListVulnerabilitiesResponse> answer,
            String filter,
            String severity,
            boolean exploited,
            String problem) {
        public String next() {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("filter", filter);
            query.put("severity", severity);
            query.put("exploited", exploited ? "1" : "");
            query.put("page", answer.get().getNextPageToken());
            return Pager.link("/vulnerabilities", query);
        }

        /** Something was asked for that leaves some out. */
        public boolean narrowed() {
            return !filter.isEmpty() || !severity.isEmpty() || exploited;
        }
    }

    public record One(Vulnerability vulnerability) {}
}
