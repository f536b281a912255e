/** Journeys in a real browser: Debian's Chromium, driven by Playwright. */
@NullMarked
package dev.drydock.e2e.web;

import org.jspecify.annotations.NullMarked;
