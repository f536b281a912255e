package dev.drydock.agent.host.certificates;

/**
 * A certificate in a file that somebody uses.
 *
 * @param certificate path inside the managed system
 * @param key path of its private key; empty where none is named: then it is in the certificate's file
 * @param by {@code nginx}, {@code apache} or {@code certbot}
 */
public record CertificateReference(String certificate, String key, String by) {}
