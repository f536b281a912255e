package dev.drydock.controller.notify.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.team.Severity;
import java.util.regex.Pattern;

/**
 * A message as incoming webhooks take it: {@code text} for those that show nothing else, and {@code blocks}. What hosts say cannot
 * call anybody: the three characters of Slack's markup are written as it asks for, and the words that call whole channels are broken.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">Incoming webhooks</a>
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Blocks: a header has at most 150 characters, a section 3000</a>
 */
final class SlackMessage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEADER = 150;
    private static final int SECTION = 3_000;
    private static final Pattern CALLS = Pattern.compile("@(?=(?i:all|channel|here|everyone)\\b)");
    private static final String ZERO_WIDTH_SPACE = "\u200b";

    private SlackMessage() {}

    static String json(Message message) {
        String subject = title(message);
        ObjectNode json = JSON.createObjectNode().put("text", escaped(subject));
        ArrayNode blocks = json.putArray("blocks");
        blocks.addObject().put("type", "header").set("text", plain(cut(subject, HEADER)));
        if (!message.text().isBlank()) {
            blocks.addObject()
                    .put("type", "section")
                    .set("text", plain(cut(message.text().strip(), SECTION)));
        }
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message that is no JSON", e);
        }
    }

    private static String title(Message message) {
        return message.severity() == Severity.INFO
                ? message.subject()
                : "[" + message.severity().word() + "] " + message.subject();
    }

    /** Without markup: it is shown as it stands. */
    private static ObjectNode plain(String text) {
        return JSON.createObjectNode().put("type", "plain_text").put("text", quiet(text));
    }

    private static String escaped(String text) {
        return quiet(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    private static String quiet(String text) {
        return CALLS.matcher(text).replaceAll("@" + ZERO_WIDTH_SPACE);
    }

    /** Leaves room for what {@link #quiet} adds. */
    private static String cut(String text, int most) {
        if (quiet(text).length() <= most) {
            return text;
        }
        int room = most - 1 - (quiet(text).length() - text.length());
        int end = Math.min(Math.max(0, room), text.length());
        boolean split = end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, split ? end - 1 : end) + "…";
    }
}
