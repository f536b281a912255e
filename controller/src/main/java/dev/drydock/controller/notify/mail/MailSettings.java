package dev.drydock.controller.notify.mail;

import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * How mail leaves the controller.
 *
 * @param from the sender's address
 * @param trust connections that end at certificates of a given authority; empty: at those that Java trusts
 */
public record MailSettings(MailServer server, String from, Optional<SSLSocketFactory> trust) {}
