/**
 * The management plane: one server, one small class a service, and mappers between the API's messages and the domain. Services
 * know no transport; what calls them, over which port and with which certificate is {@code ApiServer}'s. What a failure means to a
 * client is decided in {@code Failures} alone.
 */
@NullMarked
package dev.drydock.controller.api;

import org.jspecify.annotations.NullMarked;
