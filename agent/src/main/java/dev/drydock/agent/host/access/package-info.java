/** Who may and who tried to: accounts, failed logins, files that anybody may write. Looks only. */
@NullMarked
package dev.drydock.agent.host.access;

import org.jspecify.annotations.NullMarked;
