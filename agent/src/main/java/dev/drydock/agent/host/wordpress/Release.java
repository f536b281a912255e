package dev.drydock.agent.host.wordpress;

/**
 * A version that a source offers.
 *
 * @param location where the zip file is, in the source's own terms
 * @param sha256 of the zip file, hex; empty where the source does not tell
 * @param requires least version of WordPress; empty: any
 * @param requiresPhp least version of PHP; empty: any
 * @param checksums where the source has the checksums of the files in it; empty: nowhere
 */
public record Release(
        Item item,
        String version,
        String location,
        String sha256,
        String requires,
        String requiresPhp,
        String checksums) {}
