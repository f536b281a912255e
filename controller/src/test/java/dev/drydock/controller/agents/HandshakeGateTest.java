package dev.drydock.controller.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.controller.agents.TestAgent.Connection;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.FactsReport;
import dev.drydock.proto.facts.v1.Host;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HandshakeGateTest {
    /** As in {@link TestPlane.Options#settings}. */
    private static final int BOUND = 16;

    @TempDir
    Path directory;

    @Test
    void newcomersWaitWhileHandshakesHangAndThoseConnectedAreServed() throws Exception {
        try (TestPlane plane = TestPlane.in(directory);
                TestAgent connected = plane.agent("web");
                TestAgent newcomer = plane.agent("db")) {
            Connection session = connected.connect("i-1");
            List<Socket> hanging = new ArrayList<>();
            for (int i = 0; i < BOUND; i++) {
                hanging.add(new Socket(InetAddress.getLoopbackAddress(), plane.plane.port()));
            }
            Connection waiting = newcomer.open();
            waiting.say(TestAgent.hello("i-2"));

            session.say(AgentMessage.newBuilder()
                    .setFacts(FactsReport.newBuilder()
                            .setDigest("f1")
                            .setFacts(Host.newBuilder().setKernel("6.1.0"))));
            await().until(() -> plane.plane
                    .directory()
                    .find("web")
                    .orElseThrow()
                    .facts()
                    .getKernel()
                    .equals("6.1.0"));
            assertThat(waiting.heardNothing()).isTrue();

            for (Socket socket : hanging) {
                socket.close();
            }
            waiting.welcome();
        }
    }

    /** To who comes when the queue is full too nobody answers: no connection of his grows old in it. */
    @Test
    void fewWaitBehindTheBoundAndTheyLetOthersInWhenTheyGo() throws Exception {
        try (TestPlane plane = TestPlane.in(directory);
                TestAgent newcomer = plane.agent("db")) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), plane.plane.port());
            List<Socket> waiting = new ArrayList<>();
            while (waiting.size() < 2 * (BOUND + AgentListener.BACKLOG)) {
                if (!answered(address, waiting)) {
                    break;
                }
            }
            assertThat(waiting).hasSizeBetween(AgentListener.BACKLOG, BOUND + AgentListener.BACKLOG + 2);
            for (Socket socket : waiting) {
                socket.close();
            }
            Connection in = newcomer.open();
            in.say(TestAgent.hello("i-1"));
            in.welcome();
        }
    }

    private static boolean answered(InetSocketAddress address, List<Socket> sockets) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, 500);
            sockets.add(socket);
            return true;
        } catch (SocketTimeoutException e) {
            socket.close();
            return false;
        }
    }
}
