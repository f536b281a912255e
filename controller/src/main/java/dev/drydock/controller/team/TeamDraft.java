package dev.drydock.controller.team;

import dev.drydock.controller.naming.ResourceName;
import dev.drydock.controller.outgoing.OutgoingUrl;
import dev.drydock.controller.selector.HostSelector;
import dev.drydock.playbooks.model.Units;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A team as somebody wrote it.
 *
 * @param webhook empty: none
 * @param secret empty: not given
 * @param notices empty: {@link Team#NOTICES}
 * @param chat URL of an incoming webhook; empty: none
 * @param least from which severity on an address is told
 * @param quiet empty: none
 * @param replace the one of that name, if there is one
 * @param etag of the one whose place it is to take; empty: whatever is there
 */
public record TeamDraft(
        String name,
        String hosts,
        List<String> mail,
        String webhook,
        String secret,
        String chat,
        Optional<List<Duration>> notices,
        Map<String, Severity> least,
        Optional<QuietDraft> quiet,
        boolean replace,
        String etag) {
    private static final int MOST_ADDRESSES = 50;
    private static final int MOST_NOTICES = 10;
    private static final Duration LONGEST_NOTICE = Duration.ofDays(31);
    private static final Duration SHORTEST_NOTICE = Duration.ofMinutes(1);

    /** Stricter than RFC 5321: no quoted local parts, no address literals, nothing that could end a header. */
    private static final Pattern ADDRESS = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    /** One that hears all, and not in a chat. */
    public TeamDraft(
            String name,
            String hosts,
            List<String> mail,
            String webhook,
            String secret,
            Optional<List<Duration>> notices,
            boolean replace,
            String etag) {
        this(name, hosts, mail, webhook, secret, "", notices, Map.of(), Optional.empty(), replace, etag);
    }

    /**
     * A link as answers show it stands for the one that is there, where that is of the same host.
     *
     * @param kept the webhook of a team that is there; its key stays for as long as its URL does
     * @param room the chat of a team that is there
     * @throws InvalidTeamException with every problem found
     */
    public Team validate(Instant now, Optional<Webhook> kept, Optional<ChatHook> room, Supplier<WebhookSecret> made)
            throws InvalidTeamException {
        List<String> problems = new ArrayList<>();
        ResourceName.problem(name).ifPresent(problems::add);
        HostSelector.problem(hosts).ifPresent(problems::add);
        addresses(problems);
        List<Duration> before = before(problems);
        Optional<Webhook> hook = hook(problems, kept, made);
        Optional<ChatHook> told = Optional.of(chat)
                .filter(url -> !url.isBlank())
                .flatMap(url -> Optional.ofNullable(url("slack", url, room.map(ChatHook::url), problems)))
                .map(ChatHook::new);
        floors(problems);
        Optional<QuietHours> hours = quiet.flatMap(draft -> draft.validate(problems));
        if (!problems.isEmpty()) {
            throw new InvalidTeamException(problems);
        }
        return new Team(name, hosts.strip(), mail, hook, told, before, new Listening(least, hours), now);
    }

    private void floors(List<String> problems) {
        for (String address : least.keySet()) {
            boolean there = mail.contains(address)
                    || (address.equals(Listening.WEBHOOK) && !webhook.isBlank())
                    || (address.equals(Listening.CHAT) && !chat.isBlank());
            if (!there) {
                problems.add("least: '" + address + "' is no address of the team; expected one of its mail addresses, "
                        + Listening.WEBHOOK + " or " + Listening.CHAT);
            }
        }
    }

    private void addresses(List<String> problems) {
        if (mail.size() > MOST_ADDRESSES) {
            problems.add("mail: " + mail.size() + " addresses; expected at most " + MOST_ADDRESSES
                    + " (a list of the mail server's takes more)");
        }
        HashSet<String> seen = new HashSet<>();
        for (String address : mail) {
            if (!ADDRESS.matcher(address).matches()) {
                problems.add("mail: '" + address + "' is no address; expected for example dba@example.com");
            } else if (!seen.add(address)) {
                problems.add("mail: '" + address + "' is there twice");
            }
        }
    }

    private List<Duration> before(List<String> problems) {
        List<Duration> before = notices.orElse(Team.NOTICES).stream()
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        if (before.size() > MOST_NOTICES) {
            problems.add("notices: " + before.size() + "; expected at most " + MOST_NOTICES);
        }
        before.stream()
                .filter(one -> one.compareTo(SHORTEST_NOTICE) < 0 || one.compareTo(LONGEST_NOTICE) > 0)
                .forEach(one ->
                        problems.add("notices: " + Units.text(one) + "; expected from 1m to 31d before the window"));
        return before;
    }

    private Optional<Webhook> hook(List<String> problems, Optional<Webhook> kept, Supplier<WebhookSecret> made) {
        if (webhook.isBlank()) {
            if (!secret.isEmpty()) {
                problems.add("webhook_secret: there is no webhook that it could be for");
            }
            return Optional.empty();
        }
        @Nullable URI url = url("webhook", webhook, kept.map(Webhook::url), problems);
        Optional<WebhookSecret> given = WebhookSecret.parse(secret);
        if (!secret.isEmpty() && given.isEmpty()) {
            problems.add("webhook_secret: expected 24 to 64 bytes in Base64, with or without whsec_ before");
        }
        if (url == null) {
            return Optional.empty();
        }
        return Optional.of(new Webhook(
                url,
                given.or(() -> kept.filter(hook -> hook.url().equals(url)).map(Webhook::secret))
                        .orElseGet(made)));
    }

    private static @Nullable URI url(String field, String written, Optional<URI> kept, List<String> problems) {
        if (OutgoingUrl.isShown(written.strip())) {
            Optional<URI> same = kept.filter(url -> OutgoingUrl.shown(url).equals(written.strip()));
            if (same.isEmpty()) {
                problems.add(field + ": '" + written.strip()
                        + "' stands for one that is there already, and there is none of this host;" + " write it out");
            }
            return same.orElse(null);
        }
        try {
            URI url = new URI(written.strip());
            Optional<String> wrong = OutgoingUrl.problem(url);
            wrong.ifPresent(why -> problems.add(field + ": " + why));
            return wrong.isPresent() ? null : url;
        } catch (URISyntaxException e) {
            problems.add(field + ": no URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
            return null;
        }
    }
}
