package dev.drydock.controller.store;

import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens around a change of the schema. */
interface Upgrade {
    Upgrade WITHOUT_COPY = new Upgrade() {
        @Override
        public void before(SchemaState schema) {}

        @Override
        public void after(SchemaState before) {}
    };

    /** @throws StoreException when nothing may be changed */
    void before(SchemaState schema);

    void after(SchemaState before);

    /** With a copy of what is in use. */
    static Upgrade of(Path database, InstantSource clock) {
        Logger log = LoggerFactory.getLogger(Upgrade.class);
        return new Upgrade() {
            @Override
            public void before(SchemaState schema) {
                if (schema.upgradePending()) {
                    log.info("copies {} before its schema is changed", database);
                    Path copy =
                            UpgradeCopies.beside(database).make(schema.version().orElseThrow(), clock.instant());
                    log.info(
                            "brings the schema from version {} to {}; the way back, with the controller stopped:"
                                    + " drydock-controller restore --from {} --data {}",
                            schema.version().orElseThrow(),
                            schema.known(),
                            copy,
                            database.toAbsolutePath().getParent());
                }
            }

            @Override
            public void after(SchemaState before) {
                if (before.upgradePending()) {
                    log.info("the schema is at version {}", before.known());
                }
            }
        };
    }
}
