/** How people log in: passwords, second factors, lock-out and sessions. Knows no HTTP. */
@NullMarked
package dev.drydock.controller.security.login;

import org.jspecify.annotations.NullMarked;
