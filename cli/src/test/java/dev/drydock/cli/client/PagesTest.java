package dev.drydock.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.ListHostsResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PagesTest {
    private final List<ListHostsRequest> asked = new ArrayList<>();

    private ListHostsResponse answer(ListHostsRequest request) {
        asked.add(request);
        int page = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
        return ListHostsResponse.newBuilder()
                .addHosts(Host.newBuilder().setOnline(page % 2 == 0))
                .setNextPageToken(page < 2 ? Integer.toString(page + 1) : "")
                .build();
    }

    @Test
    void allPagesAreOneAnswer() {
        ListHostsResponse all = Pages.all(
                ListHostsRequest.newBuilder().setFilter("true").build(),
                this::answer,
                ListHostsResponse::getNextPageToken);
        assertThat(all.getHostsList()).extracting(Host::getOnline).containsExactly(true, false, true);
        assertThat(all.getNextPageToken()).isEmpty();
        assertThat(asked).extracting(ListHostsRequest::getPageToken).containsExactly("", "1", "2");
        assertThat(asked).allMatch(request -> request.getFilter().equals("true"));
    }
}
