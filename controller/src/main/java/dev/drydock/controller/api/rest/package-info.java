/** The API for those who speak HTTP and JSON: all of it is derived from the same definition as gRPC's. */
@NullMarked
package dev.drydock.controller.api.rest;

import org.jspecify.annotations.NullMarked;
