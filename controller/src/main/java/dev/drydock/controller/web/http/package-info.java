/** What every page needs of HTTP: routes, forms, sessions, headers, files, rendering. */
@NullMarked
package dev.drydock.controller.web.http;

import org.jspecify.annotations.NullMarked;
