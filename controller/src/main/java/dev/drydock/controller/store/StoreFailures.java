package dev.drydock.controller.store;

/** What a database's errors mean for the operator and for the transaction. */
interface StoreFailures {
    /** Whether nothing can be saved of the transaction in which this came up. */
    boolean endsTransaction(Throwable e);

    /** Of a group that is not stored. */
    StoreException of(Throwable e);

    /** Of a write that came after the end. */
    StoreException closed();

    static String reason(Throwable e) {
        Throwable root = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return String.valueOf(root.getMessage());
    }
}
