/** Incoming webhooks as Slack has them, and Mattermost and others after it. */
@NullMarked
package dev.drydock.controller.notify.slack;

import org.jspecify.annotations.NullMarked;
