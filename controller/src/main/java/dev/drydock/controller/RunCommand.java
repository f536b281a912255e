package dev.drydock.controller;

import dev.drydock.controller.logs.LogFormat;
import dev.drydock.controller.notify.mail.MailSettings;
import dev.drydock.controller.retention.Keep;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.security.oidc.OidcSettings;
import dev.drydock.controller.store.PostgresAddress;
import dev.drydock.controller.trace.OtlpEndpoint;
import dev.drydock.playbooks.model.Units;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drydock-controller run}. */
@Command(
        name = "run",
        description = {
            "Runs the controller until it gets SIGTERM or SIGINT.",
            "When both planes listen it prints one line to standard output that starts with \"ready\"."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock-controller run --data /var/lib/drydock --advertise drydock.example.com,10.0.0.5",
            "  drydock-controller run --data /var/lib/drydock --mail-server smtp+starttls://drydock@mail.example.com"
                    + " --mail-from drydock@example.com --mail-password-file /etc/drydock/mail.password",
            "  drydock-controller run --data /var/lib/drydock --database postgresql://drydock@db.example.com/drydock"
                    + " --database-password-file /etc/drydock/database.password",
            "  drydock-controller run --data /tmp/try --agent-listen 127.0.0.1:0 --api-listen 127.0.0.1:0"
        })
final class RunCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);
    private static final Duration SHORTEST_LIFETIME = Duration.ofMinutes(1);
    /** Agents keep what they fetched for two days. */
    private static final Duration LONGEST_LEAD = Duration.ofDays(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Where everything is kept; made on the first start.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--agent-listen",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:7443",
            description = "Where agents come. Default: ${DEFAULT-VALUE}. Port 0: any free one.")
    private String agentListen = "";

    @Option(
            names = "--api-listen",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:8443",
            description = "Where drydock(1) and other clients come. Default: ${DEFAULT-VALUE}.")
    private String apiListen = "";

    @Option(
            names = "--feed-listen",
            paramLabel = "HOST:PORT",
            description = "Where calendar programs come for windows, by HTTPS (drydock window feed). Default: nowhere.")
    private @Nullable String feedListen;

    @Option(
            names = "--advertise",
            paramLabel = "NAME_OR_IP",
            split = ",",
            description = "Under which names and addresses the controller is reached: they go into its servers'"
                    + " certificates. localhost and 127.0.0.1 always do.")
    private List<String> advertise = new ArrayList<>();

    @Option(
            names = "--certificate-lifetime",
            paramLabel = "TIME",
            defaultValue = "30d",
            description =
                    "For how long the certificates of agents are good, which they renew when two thirds of it are over."
                            + " A host that is away for longer has to enrol again. Default: ${DEFAULT-VALUE}.")
    private String certificateLifetime = "";

    @Option(
            names = "--fetch-before",
            paramLabel = "TIME",
            defaultValue = "4h",
            description =
                    "How long before a window opens hosts are asked to download the packages that they will need, each"
                            + " at a time of its own in the first half of it. 0: never. Default: ${DEFAULT-VALUE}.")
    private String fetchBefore = "";

    @Option(
            names = "--packages",
            paramLabel = "DIR",
            description = "A folder of packages of the agent, with their SHA256SUMS, that hosts are installed from"
                    + " (https://CONTROLLER:8443/install.sh). Default: none are offered.")
    private @Nullable Path packages;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final MailOptions mail = new MailOptions();

    @Mixin
    private final OidcOptions oidc = new OidcOptions();

    @Mixin
    private final ObserveOptions observe = new ObserveOptions();

    @Mixin
    private final RetentionOptions retention = new RetentionOptions();

    @Override
    public Integer call() throws StartException, InterruptedException {
        List<String> problems = new ArrayList<>();
        ControllerOptions options = options(problems);
        Optional<InetSocketAddress> member = observe.member(options.database().isPresent(), problems);
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n", problems));
        }
        observe.logFormat(problems).use();
        AtomicReference<AutoCloseable> running = new AtomicReference<>();
        Thread stop = Thread.ofPlatform().name("stop").unstarted(() -> stop(running.get()));
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            if (options.database().isPresent()) {
                Node node = Node.open(options, options.database().get(), database.peerAddress(), this::tell);
                running.set(node);
                node.run(member);
                return 0;
            }
            Controller controller = Controller.start(options);
            running.set(controller);
            tell(controller.readyLine());
        } catch (StartException | RuntimeException e) {
            Runtime.getRuntime().removeShutdownHook(stop);
            throw e;
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private void tell(String readyLine) {
        spec.commandLine().getOut().println(readyLine);
    }

    /**
     * The signal was meant, and all is on disk: to the caller that is success, where Java would say 143. A start that is under
     * way is cut short; it has acknowledged nothing yet.
     */
    private static void stop(@Nullable AutoCloseable controller) {
        int exitCode = 0;
        try {
            if (controller != null) {
                controller.close();
            }
        } catch (Exception e) {
            log.error("the controller could not stop in order", e);
            exitCode = 1;
        }
        Runtime.getRuntime().halt(exitCode);
    }

    /** Empty until the options were read. */
    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    /** Not to be used when there are problems. @param problems what is wrong with the options is added */
    ControllerOptions options(List<String> problems) {
        InetSocketAddress agents = address("--agent-listen", agentListen, problems);
        InetSocketAddress api = address("--api-listen", apiListen, problems);
        Optional<InetSocketAddress> feed =
                Optional.ofNullable(feedListen).map(text -> address("--feed-listen", text, problems));
        ServerNames names = ServerNames.of(List.of());
        try {
            names = ServerNames.of(advertise);
        } catch (IllegalArgumentException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> problems.add("--advertise: " + line));
        }
        Duration lifetime = Units.duration(certificateLifetime).orElse(Duration.ZERO);
        if (lifetime.compareTo(SHORTEST_LIFETIME) < 0) {
            problems.add("--certificate-lifetime: '" + certificateLifetime + "' is no time of "
                    + Units.text(SHORTEST_LIFETIME) + " or more; expected for example 30d or 12h");
        }
        Duration lead = fetchBefore.equals("0")
                ? Duration.ZERO
                : Units.duration(fetchBefore).orElse(LONGEST_LEAD.plusDays(1));
        if (lead.compareTo(LONGEST_LEAD) > 0) {
            problems.add("--fetch-before: '" + fetchBefore + "' is no time of " + Units.text(LONGEST_LEAD)
                    + " at most; expected for example 4h, or 0 for never");
        }
        Optional<MailSettings> mailSettings = mail.settings(problems);
        Optional<OidcSettings> oidcSettings = oidc.settings(problems);
        Optional<PostgresAddress> postgres = database.address(problems);
        Optional<OtlpEndpoint> traces = observe.traces(problems);
        Keep keep = retention.keep(problems);
        if (packages != null && !Files.isReadable(packages.resolve("SHA256SUMS"))) {
            problems.add("--packages: '" + packages + "' has no readable SHA256SUMS; expected a folder of packages, as"
                    + " the build leaves it in dist/target/packages");
        }
        LogFormat unused = observe.logFormat(problems);
        return new ControllerOptions(
                data.toAbsolutePath().normalize(),
                agents,
                api,
                names,
                lifetime,
                feed,
                mailSettings,
                lead,
                traces,
                oidcSettings,
                keep,
                Optional.ofNullable(packages).map(Path::toAbsolutePath),
                postgres);
    }

    private static InetSocketAddress address(String option, String text, List<String> problems) {
        try {
            return ListenAddress.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(option + ": " + e.getMessage());
            return new InetSocketAddress(0);
        }
    }
}
