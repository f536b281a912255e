package dev.drydock.cli.declare;

import dev.drydock.cli.client.Api;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.proto.v1.Calendar;
import dev.drydock.proto.v1.CreateCalendarRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A calendar as a document has it.
 *
 * @param request empty where the document leaves the link to the controller: {@code https://HOST/…}
 */
record CalendarSpec(String name, Position at, Map<String, Object> tree, Optional<CreateCalendarRequest.Builder> request)
        implements Declared.Making {
    private static final Set<String> CONTENTS = Set.of("dates", "file", "ics", "url", "urlFromEnvironment");
    private static final Set<String> SPEC = Set.of("timezone", "dates", "file", "ics", "url", "urlFromEnvironment");
    private static final int LARGEST = 2 * 1024 * 1024;
    private static final int SHOWN_OF_A_DIGEST = 16;

    static Optional<CalendarSpec> read(Reading reading) {
        Reading.Head head = reading.head(SPEC);
        Fields spec = head.spec();
        List<String> contents = CONTENTS.stream()
                .filter(key -> spec.node(key).isPresent())
                .sorted()
                .toList();
        if (contents.size() != 1) {
            reading.problems()
                    .add(
                            spec.at(),
                            "spec",
                            "expected one of " + CONTENTS.stream().sorted().collect(Collectors.joining(", "))
                                    + ", found " + (contents.isEmpty() ? "none" : String.join(" and ", contents)));
            return Optional.empty();
        }
        String timezone = Reading.text(spec, "timezone");
        Map<String, Object> tree = new LinkedHashMap<>();
        Trees.put(tree, "timezone", timezone);
        CreateCalendarRequest.Builder request =
                CreateCalendarRequest.newBuilder().setName(head.name()).setTimezone(timezone);
        boolean whole = content(reading, spec, contents.getFirst(), tree, request);
        return Optional.of(
                new CalendarSpec(head.name(), head.at(), tree, whole ? Optional.of(request) : Optional.empty()));
    }

    /** @return false: the link is left to the controller */
    private static boolean content(
            Reading reading, Fields spec, String key, Map<String, Object> tree, CreateCalendarRequest.Builder request) {
        switch (key) {
            case "dates" -> {
                List<String> dates = reading.items(spec, "dates", "a day, or a span of days").stream()
                        .map(item -> shortest(item.value()))
                        .toList();
                tree.put("dates", dates);
                request.setDates(String.join(",", dates));
            }
            case "file", "ics" -> {
                String text = key.equals("ics") ? spec.text("ics").orElse("") : file(reading, spec);
                tree.put("file", brief(text));
                request.setIcs(text);
            }
            default -> {
                String url = key.equals("url")
                        ? Reading.text(spec, "url")
                        : Links.fromEnvironment(reading, spec, "urlFromEnvironment");
                tree.put("url", Links.shown(url));
                request.setUrl(url);
                return !url.endsWith(Links.HIDDEN);
            }
        }
        return true;
    }

    private static String shortest(String dates) {
        String[] ends = dates.strip().split("/", -1);
        return ends.length == 2 && ends[0].equals(ends[1]) ? ends[0] : dates.strip();
    }

    private static String file(Reading reading, Fields spec) {
        String named = Reading.text(spec, "file");
        if (named.isEmpty()) {
            return "";
        }
        Path file = reading.source().folder().resolve(named);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                spec.wrong("file", "a file of at most " + LARGEST + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(content))
                    .toString();
        } catch (NoSuchFileException e) {
            spec.wrong("file", "an iCalendar file (there is no " + file + ")");
        } catch (CharacterCodingException e) {
            spec.wrong("file", "a file in UTF-8");
        } catch (IOException e) {
            spec.wrong("file", "a file that can be read (" + e.getMessage() + ")");
        }
        return "";
    }

    /** Of a text that is too long to be shown. */
    static String brief(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return "sha256:" + CanonicalForm.digest(bytes).substring(0, SHOWN_OF_A_DIGEST) + ", " + bytes.length + " bytes";
    }

    @Override
    public Finding check(Api api, Optional<Present> present) {
        if (request.isPresent()) {
            return Answers.finding(() -> api.calendars()
                    .createCalendar(request.get().clone().setValidateOnly(true).build()));
        }
        boolean kept = present.filter(there -> there.tree().equals(tree)).isPresent();
        return kept
                ? Finding.same(true)
                : Finding.refused("spec.url: the link is not written out, and the controller has no calendar " + name
                        + " with this host and time zone to keep it from; write it out, or name a variable that holds it"
                        + " with urlFromEnvironment");
    }

    @Override
    public void make(Api api, Optional<Present> present) {
        Calendar unused = api.calendars()
                .createCalendar(request.orElseThrow()
                        .clone()
                        .setReplace(present.isPresent())
                        .setEtag(present.map(Present::etag).orElse(""))
                        .build());
    }
}
