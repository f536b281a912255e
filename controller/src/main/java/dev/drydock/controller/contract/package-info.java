/** What was agreed with clients: which hosts, which kinds of maintenance, how soon. Pure. */
@NullMarked
package dev.drydock.controller.contract;

import org.jspecify.annotations.NullMarked;
