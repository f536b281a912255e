@NullMarked
package dev.drydock.controller.security.oidc;

import org.jspecify.annotations.NullMarked;
