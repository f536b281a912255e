package dev.drydock.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.identity.ControllerChannel;
import dev.drydock.agent.identity.Tls;
import dev.drydock.agent.testing.TestCa;
import dev.drydock.agent.testing.TestController;
import dev.drydock.agent.testing.TestHost;
import dev.drydock.agent.testing.TestPlaybook;
import dev.drydock.proto.agent.v1.FetchRequest;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybookSourceTest {
    @TempDir
    Path directory;

    private final TestCa ca = new TestCa();
    private final TestPlaybook playbook = TestPlaybook.signed("web-monthly");
    private TestController controller;
    private ManagedChannel channel;
    private PlaybookSource source;

    @BeforeEach
    void connect() throws Exception {
        controller = TestController.start(ca);
        TestHost host = TestHost.enrolled(controller, directory.resolve("identity"));
        channel = ControllerChannel.open(host.identity().controller(), Tls.of(host.identity()), "test");
        source = source(2);
    }

    private PlaybookSource source(int most) {
        return new PlaybookSource(
                new PlaybookCache(directory.resolve("playbooks"), most, InstantSource.system()),
                List.of(playbook.signer()));
    }

    @AfterEach
    void disconnect() throws Exception {
        channel.shutdownNow();
        controller.close();
    }

    @Test
    void fetchesOnceAndKeepsIt() throws Exception {
        controller.contents.put(playbook.digest(), playbook.envelope());
        assertThat(source.envelope(playbook.digest(), channel)).isEqualTo(playbook.envelope());
        assertThat(source(2).envelope(playbook.digest(), channel)).isEqualTo(playbook.envelope());
        assertThat(controller.fetches).hasSize(1);
    }

    @Test
    void goesOnWhereATransferWasCutOff() throws Exception {
        controller.contents.put(playbook.digest(), playbook.envelope());
        controller.cutFetchAfter = 150;
        assertThatThrownBy(() -> source.envelope(playbook.digest(), channel)).isInstanceOf(IOException.class);
        assertThat(source.envelope(playbook.digest(), channel)).isEqualTo(playbook.envelope());
        assertThat(controller.fetches).extracting(FetchRequest::getOffset).containsExactly(0L, 150L);
    }

    @Test
    void beginsAgainWhenTheEnvelopeWasReplacedMeanwhile() throws Exception {
        controller.contents.put(playbook.digest(), playbook.envelope());
        int cut = playbook.envelope().length - 20;
        controller.cutFetchAfter = cut;
        assertThatThrownBy(() -> source.envelope(playbook.digest(), channel)).isInstanceOf(IOException.class);
        byte[] again = playbook.signedBySomebodyElse();
        controller.contents.put(playbook.digest(), again);
        assertThat(source.envelope(playbook.digest(), channel)).isEqualTo(again);
        assertThat(controller.fetches).extracting(FetchRequest::getOffset).containsExactly(0L, (long) cut, 0L);
    }

    @Test
    void refusesWhatIsNotThePlaybookThatWasNamed() throws Exception {
        TestPlaybook other = TestPlaybook.signed("another");
        controller.contents.put(playbook.digest(), other.envelope());
        assertThatThrownBy(() -> source.envelope(playbook.digest(), channel))
                .isInstanceOfSatisfying(PlaybookSource.UnavailableException.class, e -> assertThat(e.code())
                        .isEqualTo("digest"));
        assertThat(directory.resolve("playbooks").resolve(playbook.digest() + ".json"))
                .doesNotExist();
    }

    @Test
    void refusesWhatTheControllerDoesNotHaveAndWhatIsNoDigest() {
        assertThatThrownBy(() -> source.envelope(playbook.digest(), channel))
                .isInstanceOfSatisfying(PlaybookSource.UnavailableException.class, e -> assertThat(e.code())
                        .isEqualTo("content_missing"));
        assertThatThrownBy(() -> source.envelope("../../etc/passwd", channel))
                .isInstanceOf(PlaybookSource.UnavailableException.class);
        assertThat(controller.fetches).hasSize(1);
    }

    @Test
    void doesNotBelieveACopyThatWasChangedOnDisk() throws Exception {
        controller.contents.put(playbook.digest(), playbook.envelope());
        source.envelope(playbook.digest(), channel);
        Files.writeString(directory.resolve("playbooks").resolve(playbook.digest() + ".json"), "{}");
        assertThat(source.envelope(playbook.digest(), channel)).isEqualTo(playbook.envelope());
        assertThat(controller.fetches).hasSize(2);
    }

    @Test
    void keepsOnlySoMany() throws Exception {
        for (String name : new String[] {"one", "two", "three"}) {
            TestPlaybook some = TestPlaybook.signed(name);
            controller.contents.put(some.digest(), some.envelope());
            source.envelope(some.digest(), channel);
        }
        try (Stream<Path> files = Files.list(directory.resolve("playbooks"))) {
            assertThat(files).hasSize(2);
        }
    }
}
