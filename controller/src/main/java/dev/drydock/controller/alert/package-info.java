/** What owners of hosts are told of what happened: rollouts, incidents, hosts that went silent, certificates that end. */
@NullMarked
package dev.drydock.controller.alert;

import org.jspecify.annotations.NullMarked;
