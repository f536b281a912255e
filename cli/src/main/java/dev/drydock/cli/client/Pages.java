package dev.drydock.cli.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.function.Function;

/** Lists come in pages; people and scripts get all of them as one answer. */
public final class Pages {
    private static final String TOKEN = "page_token";
    private static final String NEXT = "next_page_token";

    private Pages() {}

    /**
     * Asks until there is no next page.
     *
     * @param call a method whose request has a page_token and whose answer a next_page_token
     * @param token of the next page, empty after the last: to come to it by the descriptor takes as long as all of a small answer
     */
    public static <Q extends Message, A extends Message> A all(
            Q request, Function<Q, A> call, Function<A, String> token) {
        A first = call.apply(request);
        return token.apply(first).isEmpty() ? first : withNext(request, call, first);
    }

    private static <Q extends Message, A extends Message> A withNext(Q request, Function<Q, A> call, A first) {
        FieldDescriptor next = first.getDescriptorForType().findFieldByName(NEXT);
        Message.Builder all = first.toBuilder().clearField(next);
        String token = (String) first.getField(next);
        while (!token.isEmpty()) {
            A page = call.apply(after(request, token));
            token = (String) page.getField(next);
            all.mergeFrom(page).clearField(next);
        }
        // Of the type of what it was made of.
        @SuppressWarnings("unchecked")
        A whole = (A) all.build();
        return whole;
    }

    private static <Q extends Message> Q after(Q request, String token) {
        // Of the request's type.
        @SuppressWarnings("unchecked")
        Q asked = (Q) request.toBuilder()
                .setField(request.getDescriptorForType().findFieldByName(TOKEN), token)
                .build();
        return asked;
    }
}
