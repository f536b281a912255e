/** Mail by SMTP. */
@NullMarked
package dev.drydock.controller.notify.mail;

import org.jspecify.annotations.NullMarked;
