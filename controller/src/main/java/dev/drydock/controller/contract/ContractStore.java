package dev.drydock.controller.contract;

import java.util.List;

/** Contracts on record. Each change is durable when it returns. */
public interface ContractStore {
    /** By name. */
    List<Contract> all();

    /** In place of the one of its name, if there is one. */
    void put(Contract contract);

    void delete(String name);
}
