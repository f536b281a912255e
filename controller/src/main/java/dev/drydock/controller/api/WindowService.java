package dev.drydock.controller.api;

import dev.drydock.controller.window.WindowDraft;
import dev.drydock.controller.window.Windows;
import dev.drydock.proto.v1.CreateWindowRequest;
import dev.drydock.proto.v1.DeleteWindowRequest;
import dev.drydock.proto.v1.DeleteWindowResponse;
import dev.drydock.proto.v1.GetWindowRequest;
import dev.drydock.proto.v1.ListWindowsRequest;
import dev.drydock.proto.v1.ListWindowsResponse;
import dev.drydock.proto.v1.NextOpeningsRequest;
import dev.drydock.proto.v1.NextOpeningsResponse;
import dev.drydock.proto.v1.Window;
import dev.drydock.proto.v1.WindowServiceGrpc.WindowServiceImplBase;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Maintenance windows. */
public final class WindowService extends WindowServiceImplBase {
    private static final int DEFAULT_OPENINGS = 10;
    private static final int MOST_OPENINGS = 1_000;

    private final Windows windows;
    private final InstantSource clock;

    public WindowService(Windows windows, InstantSource clock) {
        this.windows = windows;
        this.clock = clock;
    }

    @Override
    public void createWindow(CreateWindowRequest request, StreamObserver<Window> call) {
        Calls.answer(call, () -> {
            List<String> problems = new ArrayList<>();
            WindowDraft draft = WindowMapper.draft(request.getWindow(), problems);
            if (!problems.isEmpty()) {
                throw Refusals.invalid(problems);
            }
            return WindowMapper.message(windows.create(draft));
        });
    }

    @Override
    public void listWindows(ListWindowsRequest request, StreamObserver<ListWindowsResponse> call) {
        Calls.answer(call, () -> ListWindowsResponse.newBuilder()
                .addAllWindows(
                        windows.list().stream().map(WindowMapper::message).toList())
                .build());
    }

    @Override
    public void getWindow(GetWindowRequest request, StreamObserver<Window> call) {
        Calls.answer(call, () -> windows.find(request.getName())
                .map(WindowMapper::message)
                .orElseThrow(() -> unknown(request.getName())));
    }

    @Override
    public void deleteWindow(DeleteWindowRequest request, StreamObserver<DeleteWindowResponse> call) {
        Calls.answer(call, () -> {
            if (!windows.delete(request.getName())) {
                throw unknown(request.getName());
            }
            return DeleteWindowResponse.getDefaultInstance();
        });
    }

    @Override
    public void nextOpenings(NextOpeningsRequest request, StreamObserver<NextOpeningsResponse> call) {
        Calls.answer(call, () -> {
            int count = request.getCount() == 0 ? DEFAULT_OPENINGS : request.getCount();
            if (count < 0 || count > MOST_OPENINGS) {
                throw Refusals.invalid(List.of("count: " + count + " is not between 1 and " + MOST_OPENINGS));
            }
            return windows.nextOpenings(request.getName(), clock.instant(), count)
                    .map(openings -> NextOpeningsResponse.newBuilder()
                            .addAllOpenings(
                                    openings.stream().map(WindowMapper::message).toList())
                            .build())
                    .orElseThrow(() -> unknown(request.getName()));
        });
    }

    private StatusRuntimeException unknown(String name) {
        return Refusals.notFound(
                "window",
                name,
                windows.list().stream()
                        .map(dev.drydock.controller.window.Window::name)
                        .toList());
    }
}
