package dev.drydock.controller.contract;

/** Another contract has this name. */
public final class ContractExistsException extends RuntimeException {
    ContractExistsException(String name) {
        super("There is another contract " + name
                + " (its client, hosts, hours or terms differ). To put this one in its place: --replace.");
    }
}
