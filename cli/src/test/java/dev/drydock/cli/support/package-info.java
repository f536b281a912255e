@NullMarked
package dev.drydock.cli.support;

import org.jspecify.annotations.NullMarked;
