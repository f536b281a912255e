/** Windows as calendars that people subscribe to, over HTTPS, with a token of each subscription's own. */
@NullMarked
package dev.drydock.controller.feed;

import org.jspecify.annotations.NullMarked;
