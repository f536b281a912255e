package dev.drydock.controller.web.http;

import dev.drydock.controller.web.text.When;

/**
 * What is around every page.
 *
 * @param part of the navigation that is shown
 * @param here path and query of this page
 * @param may what the user may do
 */
public record Frame(
        String part, String title, String user, String csrf, String here, When when, Assets assets, May may) {}
