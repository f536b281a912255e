package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Asked;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.GetVersionRequest;
import dev.drydock.proto.v1.GetVersionResponse;
import dev.drydock.proto.v1.ListNotificationsRequest;
import dev.drydock.proto.v1.ListSignersRequest;
import dev.drydock.proto.v1.ListTeamsRequest;
import dev.drydock.proto.v1.ListUsersRequest;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationServiceGrpc;
import dev.drydock.proto.v1.PlaybookServiceGrpc;
import dev.drydock.proto.v1.Signer;
import dev.drydock.proto.v1.SystemServiceGrpc;
import dev.drydock.proto.v1.Team;
import dev.drydock.proto.v1.TeamServiceGrpc;
import dev.drydock.proto.v1.User;
import dev.drydock.proto.v1.UserServiceGrpc;
import java.util.List;

/** Who is let in, who is told, whose playbooks are trusted, and which controller this is. */
public final class SettingsPage {
    private static final int MOST_NOTIFICATIONS = 20;

    public Reply show(Request request) {
        return Reply.page(
                "settings",
                "settings",
                "Settings",
                new View(
                        request.api()
                                .calls(SystemServiceGrpc::newBlockingStub)
                                .getVersion(GetVersionRequest.getDefaultInstance()),
                        Asked.of(() -> request.api()
                                .calls(UserServiceGrpc::newBlockingStub)
                                .listUsers(ListUsersRequest.getDefaultInstance())
                                .getUsersList()),
                        request.api()
                                .calls(TeamServiceGrpc::newBlockingStub)
                                .listTeams(ListTeamsRequest.getDefaultInstance())
                                .getTeamsList(),
                        Asked.of(() -> request.api()
                                .calls(NotificationServiceGrpc::newBlockingStub)
                                .listNotifications(ListNotificationsRequest.newBuilder()
                                        .setPageSize(MOST_NOTIFICATIONS)
                                        .build())
                                .getNotificationsList()),
                        request.api()
                                .calls(PlaybookServiceGrpc::newBlockingStub)
                                .listSigners(ListSignersRequest.getDefaultInstance())
                                .getSignersList()));
    }

    public record View(
            GetVersionResponse version,
            Asked<List<User>> users,
            List<Team> teams,
            Asked<List<Notification>> notifications,
            List<Signer> signers) {}
}
