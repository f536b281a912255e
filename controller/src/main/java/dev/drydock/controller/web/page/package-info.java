/** A class a page: it asks the API and fills a template of the same name. */
@NullMarked
package dev.drydock.controller.web.page;

import org.jspecify.annotations.NullMarked;
