/**
 * Pages for browsers. They are a client of the API like any other: each page calls its services, in process, as the user who is
 * signed in, so that roles, records and errors are the API's.
 */
@NullMarked
package dev.drydock.controller.web;

import org.jspecify.annotations.NullMarked;
