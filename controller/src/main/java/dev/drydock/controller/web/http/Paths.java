package dev.drydock.controller.web.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Links with names in them. */
public final class Paths {
    private Paths() {}

    /** One segment of a path. */
    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public static String host(String name) {
        return "/hosts/" + segment(name);
    }

    public static String rollout(String name) {
        return "/rollouts/" + segment(name);
    }

    public static String run(String id) {
        return "/runs/" + segment(id);
    }

    public static String playbook(String reference) {
        return "/playbooks/" + segment(reference);
    }

    public static String vulnerability(String cve) {
        return "/vulnerabilities/" + segment(cve);
    }

    public static String incident(String id) {
        return "/incidents/" + segment(id);
    }

    public static String contract(String name) {
        return "/contracts/" + segment(name);
    }

    /** A path of ours, or the first page: what a link says must not lead to another site (CWE-601). */
    public static String local(String path) {
        return path.matches("/[^/\\\\].*") && path.chars().noneMatch(c -> c < ' ') ? path : "/";
    }
}
