package dev.drydock.controller.playbook;

import java.util.List;

/** Where pinned signers are kept. Implemented by the store. */
public interface SignerStore {
    /**
     * Adds it unless a signer of that name or with that key is there; durable when it returns.
     *
     * @return those of that name or with that key, as they stand now: one, or two others
     */
    List<PinnedSigner> addIfAbsent(PinnedSigner signer);

    /** By name. */
    List<PinnedSigner> all();
}
