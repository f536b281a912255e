package dev.drydock.controller.security.oidc;

/**
 * Who somebody is, as the provider vouches for it.
 *
 * @param subject never another's, at this issuer
 * @param name as its claim says; may be changed by the provider, or by the person
 */
public record Person(String issuer, String subject, String name) {}
