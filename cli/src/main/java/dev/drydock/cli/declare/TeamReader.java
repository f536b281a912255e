package dev.drydock.cli.declare;

import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.model.Units;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.Notices;
import dev.drydock.proto.v1.NotificationSeverity;
import dev.drydock.proto.v1.QuietHours;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a team from a document. */
final class TeamReader {
    static final String NEVER = "none";
    private static final String HOOK = "webhook";
    private static final String CHAT = "slack";
    private static final String KEY = "webhookSecret";
    private static final String FROM_ENVIRONMENT = "FromEnvironment";
    private static final Set<String> SPEC = Set.of(
            "hosts",
            "mail",
            HOOK,
            HOOK + FROM_ENVIRONMENT,
            KEY,
            KEY + FROM_ENVIRONMENT,
            CHAT,
            CHAT + FROM_ENVIRONMENT,
            "notices",
            "least",
            "quiet");

    private final Reading reading;
    private final Fields spec;
    private final CreateTeamRequest.Builder request = CreateTeamRequest.newBuilder();

    private TeamReader(Reading reading, Fields spec) {
        this.reading = reading;
        this.spec = spec;
    }

    /** @param at where its name stands */
    record Read(CreateTeamRequest request, Position at) {}

    static Read read(Reading reading) {
        Reading.Head head = reading.head(SPEC);
        TeamReader reader = new TeamReader(reading, head.spec());
        reader.request.setName(head.name());
        reader.addresses();
        reader.notices();
        reader.least();
        reader.quiet();
        return new Read(reader.request.build(), head.at());
    }

    private void addresses() {
        request.setHosts(Reading.required(spec, "hosts", "the hosts that it owns, as CEL over host"))
                .addAllMail(reading.items(spec, "mail", "an address such as dba@example.com").stream()
                        .map(Reading.Item::value)
                        .toList())
                .setWebhook(link(HOOK))
                .setSlack(link(CHAT))
                .setWebhookSecret(Links.fromEnvironment(reading, spec, KEY + FROM_ENVIRONMENT));
        if (spec.node(KEY).isPresent()) {
            refuse(
                    KEY,
                    "no key is to be in a file; name the variable of the environment that holds it with " + KEY
                            + FROM_ENVIRONMENT);
        }
        Optional<String> chat = spec.mapping().get(CHAT).flatMap(Reading::scalar);
        if (chat.filter(url -> !url.strip().endsWith(Links.HIDDEN)).isPresent()) {
            refuse(
                    CHAT,
                    "who knows the URL of a chat can write there, so that it is not to be in a file; expected"
                            + " https://HOST/… for the one that the team has, or the name of the variable of the environment"
                            + " that holds it in " + CHAT + FROM_ENVIRONMENT);
        }
    }

    private String link(String key) {
        if (spec.mapping().entries().keySet().containsAll(Set.of(key, key + FROM_ENVIRONMENT))) {
            refuse(key, "expected one of " + key + " and " + key + FROM_ENVIRONMENT + ", found both");
        }
        String written = Reading.text(spec, key);
        return written.isEmpty() ? Links.fromEnvironment(reading, spec, key + FROM_ENVIRONMENT) : written;
    }

    private void refuse(String key, String why) {
        Links.refuse(reading, spec, key, why);
    }

    private void notices() {
        Optional<Node> written = spec.node("notices");
        if (written.isEmpty()) {
            return;
        }
        Notices.Builder notices = Notices.newBuilder();
        if (!Reading.scalar(written.get()).filter(NEVER::equals).isPresent()) {
            reading.items(spec, "notices", "a duration such as 24h").forEach(item -> Units.duration(item.value())
                    .ifPresentOrElse(before -> notices.addBefore(Times.message(before)), () -> reading.problems()
                            .add(
                                    item.at(),
                                    item.path(),
                                    "expected a duration such as 24h, found '" + item.value() + "'")));
        }
        request.setNotices(normal(notices));
    }

    /** In the order in which the controller has them. */
    private static Notices normal(Notices.Builder notices) {
        return Notices.newBuilder()
                .addAllBefore(notices.getBeforeList().stream()
                        .distinct()
                        .sorted(Comparator.comparing(Times::duration).reversed())
                        .toList())
                .build();
    }

    private void least() {
        spec.node("least").ifPresent(node -> {
            if (!(node instanceof Node.Mapping addresses)) {
                spec.wrong("least", "a mapping of addresses to info, warning or critical");
                return;
            }
            addresses.entries().forEach((address, entry) -> {
                Optional<NotificationSeverity> severity = Reading.scalar(entry.value())
                        .flatMap(word -> TeamKind.severities()
                                .filter(one -> TeamKind.word(one).equals(word))
                                .findFirst());
                if (severity.isEmpty()) {
                    reading.problems()
                            .add(
                                    entry.value().at(),
                                    spec.path("least") + "." + address,
                                    "expected info, warning or critical, found "
                                            + entry.value().describe());
                }
                severity.ifPresent(one -> request.putLeast(address, one));
            });
        });
    }

    private void quiet() {
        if (spec.node("quiet").isEmpty()) {
            return;
        }
        Fields quiet = reading.section(spec, "quiet", Set.of("hours", "zone", "days"));
        String[] hours = Reading.required(quiet, "hours", "two local times such as 20:00-08:00")
                .split("-", -1);
        if (hours.length != 2) {
            if (quiet.node("hours").isPresent()) {
                quiet.wrong("hours", "two local times such as 20:00-08:00");
            }
            return;
        }
        List<String> days = reading.items(quiet, "days", "a day such as friday").stream()
                .map(Reading.Item::value)
                .toList();
        request.setQuiet(QuietHours.newBuilder()
                .setZone(Reading.required(quiet, "zone", "an IANA time zone such as Europe/Berlin"))
                .addAllDays(days)
                .setFrom(hours[0])
                .setTo(hours[1]));
    }
}
