package dev.drydock.controller.api;

import dev.drydock.controller.notify.NotificationStore;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.team.Teams;
import dev.drydock.proto.v1.GetNotificationRequest;
import dev.drydock.proto.v1.ListNotificationsRequest;
import dev.drydock.proto.v1.ListNotificationsResponse;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationServiceGrpc.NotificationServiceImplBase;
import dev.drydock.proto.v1.RetryNotificationRequest;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** What teams were told, are to be told, and could not be told. */
public final class NotificationService extends NotificationServiceImplBase {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    private final NotificationStore notifications;
    private final Outbox outbox;
    private final Teams teams;

    public NotificationService(NotificationStore notifications, Outbox outbox, Teams teams) {
        this.notifications = notifications;
        this.outbox = outbox;
        this.teams = teams;
    }

    @Override
    public void listNotifications(ListNotificationsRequest request, StreamObserver<ListNotificationsResponse> call) {
        Calls.answer(call, () -> {
            if (request.getPageSize() < 0) {
                throw Refusals.invalid(List.of("page_size: " + request.getPageSize() + "; expected 0 or more"));
            }
            int most = request.getPageSize() == 0 ? PAGE : Math.min(request.getPageSize(), LARGEST_PAGE);
            List<dev.drydock.controller.notify.Notification> found = notifications.list(
                    given(request.getTeam()),
                    NotificationMapper.state(request.getState()),
                    given(request.getPageToken()),
                    most + 1);
            List<dev.drydock.controller.notify.Notification> page = found.subList(0, Math.min(most, found.size()));
            return ListNotificationsResponse.newBuilder()
                    .addAllNotifications(page.stream()
                            .map(one -> NotificationMapper.brief(one, teams))
                            .toList())
                    .setNextPageToken(found.size() > most ? page.getLast().id() : "")
                    .build();
        });
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }

    @Override
    public void getNotification(GetNotificationRequest request, StreamObserver<Notification> call) {
        Calls.answer(
                call,
                () -> NotificationMapper.whole(known(notifications.find(request.getId()), request.getId()), teams));
    }

    @Override
    public void retryNotification(RetryNotificationRequest request, StreamObserver<Notification> call) {
        Calls.answer(
                call, () -> NotificationMapper.brief(known(outbox.retry(request.getId()), request.getId()), teams));
    }

    private static dev.drydock.controller.notify.Notification known(
            Optional<dev.drydock.controller.notify.Notification> found, String id) {
        return found.orElseThrow(() -> Refusals.notFound("notification", id, List.of()));
    }
}
