package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.client.FeedUpload;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.DeleteFeedRequest;
import dev.drydock.proto.v1.Feed;
import dev.drydock.proto.v1.FeedHead;
import dev.drydock.proto.v1.ListFeedsRequest;
import dev.drydock.proto.v1.ListFeedsResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock feed}. */
@Command(
        name = "feed",
        description = "Feeds: files that tell of vulnerabilities, and of what mends them.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock feed import known_exploited_vulnerabilities.json --source kev", "  drydock feed list"})
public final class FeedCommands {
    private static final int LONGEST = 63;

    private final App app;

    public FeedCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "import",
            description = {
                "Gives a file to the controller, in place of what its source said before: OSV (JSON, lines of JSON, or a zip of"
                        + " them), the JSON of Debian's security tracker, updateinfo.xml, or CISA's KEV (JSON); packed with"
                        + " gzip or not.",
                "A file that cannot be read to its end changes nothing."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock feed import Debian.zip --source osv-debian",
                "  drydock feed import debian-tracker.json.gz",
                "  drydock feed import updateinfo.xml.gz --source sles-15.6 --release suse:15.6"
            })
    int add(
            @Parameters(paramLabel = "FILE", description = "The file.") Path file,
            @Option(
                            names = "--source",
                            paramLabel = "NAME",
                            description =
                                    "Whose word it is. Default: the file's name up to the first dot, in small letters.")
                    @Nullable
                    String source,
            @Option(
                            names = "--release",
                            paramLabel = "RELEASE",
                            defaultValue = "",
                            description =
                                    "Of what an updateinfo speaks, where its packages do not say: suse:15.6, el:9.")
                    String release) {
        FeedHead head = FeedHead.newBuilder()
                .setSource(source == null ? source(file) : source)
                .setRelease(release)
                .build();
        Feed feed = LocalFiles.reading("read", file, () -> send(file, head));
        app.output()
                .answer(
                        feed,
                        List.of(feed.getSource()),
                        () -> List.of(feed.getSource() + " (" + feed.getKind() + "): "
                                + feed.getEntries() + (feed.getEntries() == 1 ? " entry" : " entries")
                                + (feed.getSkipped() == 0
                                        ? ""
                                        : ", " + feed.getSkipped() + " of other systems left out")));
        return ExitCode.DONE;
    }

    private Feed send(Path file, FeedHead head) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return FeedUpload.send(app.api().importing(), head, content);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("Not imported: " + file + ".", "");
        }
    }

    /** {@code updateinfo} of {@code updateinfo.xml.gz}. */
    private static String source(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.', 1);
        String bare = (dot < 0 ? name : name.substring(0, dot)).replaceAll("[^a-z0-9_-]", "-");
        return bare.substring(0, Math.min(bare.length(), LONGEST));
    }

    @Command(
            name = "list",
            description = "Lists the feeds, and when they were imported.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock feed list", "  drydock feed list --output json"})
    int list() {
        ListFeedsResponse feeds = app.api().feeds().listFeeds(ListFeedsRequest.getDefaultInstance());
        Output output = app.output();
        output.answer(feeds, feeds.getFeedsList().stream().map(Feed::getSource).toList(), () -> {
            Table table = Table.of("SOURCE", "KIND", "ENTRIES", "IMPORTED", "BY", "DIGEST");
            feeds.getFeedsList()
                    .forEach(feed -> table.row(
                            Cell.of(feed.getSource()),
                            Cell.of(feed.getKind()),
                            Cell.of(feed.getEntries()),
                            Cell.of(output.times().atAndRelative(feed.getImportedAt())),
                            Cell.of(feed.getImportedBy()),
                            Cell.of(feed.getDigest()
                                    .substring(0, Math.min(12, feed.getDigest().length())))));
            return output.list(table, "No feeds. Import one with drydock feed import FILE.");
        });
        return ExitCode.DONE;
    }

    @Command(
            name = "delete",
            description = "Forgets what a source said. Findings that only it told of are no longer counted.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock feed delete osv-debian", "  drydock feed delete osv-debian --yes"})
    int delete(
            @Parameters(paramLabel = "SOURCE", description = "Whose word.") String source,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Forget what " + source + " said of vulnerabilities?");
        var unused = app.api()
                .feeds()
                .deleteFeed(DeleteFeedRequest.newBuilder().setSource(source).build());
        app.output()
                .answer(Map.of("source", source), List.of(source), () -> List.of("Feed " + source + " is deleted."));
        return ExitCode.DONE;
    }
}
