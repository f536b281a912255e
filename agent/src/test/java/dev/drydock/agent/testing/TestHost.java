package dev.drydock.agent.testing;

import dev.drydock.agent.identity.ControllerAddress;
import dev.drydock.agent.identity.Enroller;
import dev.drydock.agent.identity.EnrolmentToken;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** A host that enrolled with the test double of the controller. */
public record TestHost(IdentityStore store, Identity identity) {
    public static TestHost enrolled(TestController controller, Path directory) throws Exception {
        IdentityStore store = new IdentityStore(directory);
        Identity identity = new Enroller(new SecureRandom(), InstantSource.system(), "test")
                .enrol(
                        new ControllerAddress("127.0.0.1", controller.port()),
                        EnrolmentToken.parse(controller.token()),
                        "web-01",
                        "/",
                        Optional.empty());
        store.adopt(store.stage(identity));
        return new TestHost(store, identity);
    }
}
