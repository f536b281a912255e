/** Notices to the owners of hosts, before a maintenance window in which these will be changed. */
@NullMarked
package dev.drydock.controller.notice;

import org.jspecify.annotations.NullMarked;
