package dev.drydock.controller.store;

import dev.drydock.controller.security.CertificateRegister;
import dev.drydock.controller.security.IssuedCertificate;
import org.jdbi.v3.core.Handle;

/** The table {@code certificates}. */
public final class SqlCertificates implements CertificateRegister {
    private static final String OF_THE_CONTROLLER = "";

    private final Store store;

    public SqlCertificates(Store store) {
        this.store = store;
    }

    @Override
    public void recordServer(IssuedCertificate certificate) {
        store.writeNow(handle -> insert(handle, OF_THE_CONTROLLER, certificate));
    }

    static int insert(Handle handle, String hostId, IssuedCertificate certificate) {
        return handle.createUpdate("""
                        INSERT INTO certificates (serial, host_id, subject, not_before, not_after)
                        VALUES (:serial, :host, :subject, :begin, :end)
                        """)
                .bind("serial", certificate.serial())
                .bind("host", hostId)
                .bind("subject", certificate.subject())
                .bind("begin", Columns.micros(certificate.notBefore()))
                .bind("end", Columns.micros(certificate.notAfter()))
                .execute();
    }
}
