package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.drydock.controller.store.StoreException;
import dev.drydock.proto.v1.GetVersionRequest;
import dev.drydock.proto.v1.GetVersionResponse;
import dev.drydock.proto.v1.SystemServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class FailuresTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(FailureInterceptor.class);

    @TempDir
    Path directory;

    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private boolean thrown;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        log.start();
        LOGGER.setLevel(Level.ERROR);
        LOGGER.setAdditive(false);
        LOGGER.addAppender(log);
        server = new TestServer(directory, test -> List.of(new Failing()));
    }

    @AfterEach
    void stop() {
        server.close();
        LOGGER.detachAppender(log);
        LOGGER.setAdditive(true);
        LOGGER.setLevel(null);
    }

    @Test
    void aFullDiskIsToldAsOne() {
        failure.set(new StoreException(StoreException.Kind.DISK_FULL, "The disk is full: free space.", null));
        assertFails(Status.Code.RESOURCE_EXHAUSTED, this::call).hasMessageContaining("free space");
        assertThat(log.list).isEmpty();
    }

    @Test
    void aStoppingControllerIsUnavailable() {
        failure.set(new StoreException(StoreException.Kind.CLOSED, "The database is closed.", null));
        assertFails(Status.Code.UNAVAILABLE, this::call).hasMessageContaining("is closed");
    }

    /** Whoever asks again later gets his answer. */
    @Test
    void aDatabaseThatIsAwayIsUnavailable() {
        failure.set(new StoreException(StoreException.Kind.AWAY, "The database cannot be reached.", null));
        assertFails(Status.Code.UNAVAILABLE, this::call).hasMessageContaining("cannot be reached");
    }

    @Test
    void aDamagedDatabaseIsToldAndLogged() {
        failure.set(new StoreException(StoreException.Kind.BROKEN, "The database is damaged.", null));
        assertFails(Status.Code.INTERNAL, this::call)
                .hasMessageContaining("The database is damaged. Its log says more: look for error e-1.");
        assertThat(log.list).hasSize(1);
    }

    @Test
    void whatNobodyExpectedIsLoggedWithAnIdAndHiddenFromTheClient() {
        failure.set(new IllegalStateException("secret detail"));
        for (boolean fromTheThread : new boolean[] {true, false}) {
            thrown = fromTheThread;
            log.list.clear();
            assertFails(Status.Code.INTERNAL, this::call)
                    .hasMessageContaining("look for error e-1")
                    .hasMessageNotContaining("secret detail");
            assertThat(log.list).singleElement().satisfies(event -> {
                assertThat(event.getFormattedMessage())
                        .isEqualTo("call drydock.v1.SystemService/GetVersion by admin failed, error e-1");
                assertThat(event.getThrowableProxy().getMessage()).isEqualTo("secret detail");
            });
        }
    }

    @Test
    void anIllegalArgumentThatNoPortPromisedIsNotTheClientsFault() {
        failure.set(new IllegalArgumentException("internal"));
        assertFails(Status.Code.INTERNAL, this::call).hasMessageNotContaining("internal detail");
    }

    private void call() {
        assertThat(server.client(SystemServiceGrpc::newBlockingStub).getVersion(GetVersionRequest.getDefaultInstance()))
                .isNotNull();
    }

    private final class Failing extends SystemServiceGrpc.SystemServiceImplBase {
        @Override
        public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> call) {
            RuntimeException e = failure.get();
            if (thrown) {
                throw e;
            }
            call.onError(e);
        }
    }
}
