package dev.drydock.cli.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Decides by what was seen of a host and what the controller knows of it. Pure: the same again gives the same. */
final class Decision {
    private static final long SPARE_KILOBYTES = 64 * 1024;
    /** By then certificates look as if they were of another time. */
    private static final long SKEW_SECONDS = 300;

    private final Sight seen;
    private final Wanted wanted;
    private final Optional<FleetHost> byId;
    private final Optional<FleetHost> byName;
    private final boolean installed;
    private final List<Trouble> troubles = new ArrayList<>();

    private Decision(
            Sight seen, Wanted wanted, Optional<FleetHost> byId, Optional<FleetHost> byName, boolean installed) {
        this.seen = seen;
        this.wanted = wanted;
        this.byId = byId;
        this.byName = byName;
        this.installed = installed;
    }

    /** @param troubles all that is in the way; where there is any the course is not to be taken */
    record Judged(Course course, List<Trouble> troubles) {}

    /**
     * @param byId the host that the controller knows by the id that the agent there has
     * @param byName the one of the wanted name
     * @param installed this attempt has put an agent there: another one may still run
     */
    static Judged judge(
            Sight seen, Wanted wanted, Optional<FleetHost> byId, Optional<FleetHost> byName, boolean installed) {
        return new Decision(seen, wanted, byId, byName, installed).judge();
    }

    private Judged judge() {
        Optional<FleetHost> member = byId.filter(host -> !host.revoked());
        Optional<Parcel> fitting = seen.family().flatMap(this::fitting);
        boolean right = !seen.agentVersion().isEmpty()
                && (fitting.isEmpty()
                        ? wanted.parcels().stream().anyMatch(parcel -> parcel.isVersion(seen.agentVersion()))
                        : fitting.get().isVersion(seen.agentVersion()));
        Optional<Course.Enrolment> enrolment = enrolment(member);
        boolean start = installed || !seen.running() || enrolment.isPresent();
        boolean online = enrolment.isEmpty() && member.filter(FleetHost::online).isPresent();
        Course course = new Course(right ? Optional.empty() : fitting, enrolment, start, online);
        if (right && !start && online) {
            return new Judged(course, List.of());
        }
        if (!seen.systemd()) {
            trouble(
                    "no-systemd",
                    "it has no systemd, which the agent's unit needs",
                    "Patch it by other means, or run the agent under what supervises services there (docs/agent.md).");
        }
        if (seen.family().isEmpty()) {
            trouble(
                    "unknown-system",
                    "its system (" + seen.get("os_name") + ") has none of apt, dnf and zypper",
                    "The agent patches hosts that have one of them.");
        }
        if (!right && installed) {
            trouble(
                    "agent-does-not-start",
                    "what was installed does not say that it is the agent of the wanted version, but: "
                            + (seen.agentVersion().isEmpty() ? "nothing" : seen.agentVersion()),
                    "Look there: " + seen.get("agent") + " version.");
        } else if (!right) {
            parcelTroubles(fitting);
        }
        if (!seen.identityUntold()) {
            identityTroubles(member);
        }
        wayTroubles();
        return new Judged(course, List.copyOf(troubles));
    }

    /** Its own kind of package where there is one, else the folder. */
    private Optional<Parcel> fitting(Family family) {
        List<Parcel> of = wanted.parcels().stream()
                .filter(parcel -> parcel.arch().equals(seen.arch()))
                .toList();
        return of.stream()
                .filter(parcel -> parcel.kind() == family.packages())
                .findFirst()
                .or(() -> of.stream()
                        .filter(parcel -> parcel.kind() == Parcel.Kind.FOLDER)
                        .findFirst());
    }

    private Optional<Course.Enrolment> enrolment(Optional<FleetHost> member) {
        if (seen.identityUntold()) {
            return Optional.empty();
        }
        if (!seen.enrolled()) {
            return Optional.of(Course.Enrolment.NEW);
        }
        if (member.isEmpty()) {
            return Optional.of(Course.Enrolment.ANEW);
        }
        return seen.certificateExpired() ? Optional.of(Course.Enrolment.AGAIN) : Optional.empty();
    }

    private void parcelTroubles(Optional<Parcel> fitting) {
        String libc = seen.get("libc");
        if (libc.equals("musl")) {
            trouble(
                    "musl",
                    "its C library is musl; the agent's Java runtime needs the GNU C library",
                    "There is no agent for it.");
        }
        if (fitting.isEmpty() && seen.family().isPresent()) {
            trouble(
                    "architecture",
                    "there is no agent for its processor (" + seen.get("arch") + "): there is "
                            + (wanted.parcels().isEmpty()
                                    ? "none at all"
                                    : wanted.parcels().stream()
                                            .map(parcel -> parcel.path().getFileName() + " for " + parcel.arch())
                                            .collect(Collectors.joining(", "))),
                    "Build one on a machine of that processor, and name it with --package.");
        }
        fitting.ifPresent(parcel -> {
            Optional<GlibcVersion> has = GlibcVersion.parse(libc);
            if (parcel.glibc().isPresent()
                    && has.isPresent()
                    && has.get().compareTo(parcel.glibc().get()) < 0) {
                trouble(
                        "old-glibc",
                        "its GNU C library is " + has.get() + "; the agent needs "
                                + parcel.glibc().get() + " or newer",
                        "Upgrade the system first, or give an agent that was built on an older one with --package.");
            }
            if (parcel.kind() == Parcel.Kind.FOLDER
                    && !(seen.tools().contains("tar") && seen.tools().contains("gzip"))) {
                trouble(
                        "no-tar",
                        "it has no tar or no gzip to unpack the agent with",
                        "Install both there, or give its kind of package with --package.");
            }
            space(parcel);
        });
    }

    private void space(Parcel parcel) {
        String place = parcel.kind() == Parcel.Kind.FOLDER ? "opt" : "usr";
        long needed = parcel.bytes() / 1024 + SPARE_KILOBYTES;
        OptionalLong free = seen.free(place);
        if (free.isPresent() && free.getAsLong() < needed) {
            trouble(
                    "disk-full",
                    "its disk is full: /" + place + " has " + free.getAsLong() / 1024 + " MB free, the agent needs "
                            + needed / 1024 + " MB",
                    "Make room there.");
        }
        OptionalLong var = seen.free("var");
        if (var.isPresent() && var.getAsLong() < SPARE_KILOBYTES) {
            trouble(
                    "disk-full",
                    "its disk is full: /var has " + var.getAsLong() / 1024 + " MB free, the agent's journal needs "
                            + SPARE_KILOBYTES / 1024 + " MB",
                    "Make room there.");
        }
    }

    private void identityTroubles(Optional<FleetHost> member) {
        if (seen.enrolled() && member.isEmpty() && !wanted.enrolAnew()) {
            String id = seen.agentSays("hostId");
            trouble(
                    "other-identity",
                    byId.isPresent()
                            ? "its identity " + id + " was revoked here"
                            : "it is enrolled with " + seen.agentSays("controller") + " as " + id
                                    + ", which this controller does not know",
                    "If it is to be a new host here, give --enrol-anew: it gives that identity up.");
        }
        boolean another = byName.filter(host -> !host.revoked())
                .filter(host -> member.isEmpty() || !member.get().id().equals(host.id()))
                .isPresent();
        if (another) {
            trouble(
                    "name-taken",
                    "the controller has another host of the name " + wanted.name() + " ("
                            + byName.orElseThrow().id() + ")",
                    "If this machine takes its place: drydock host revoke " + wanted.name()
                            + ", then run this again. Else give it another name in the file of hosts.");
        }
    }

    private void wayTroubles() {
        String reach = seen.get("reach");
        if (!reach.isEmpty() && !reach.equals("yes") && !reach.equals("unknown")) {
            trouble(
                    "controller-unreachable",
                    "it cannot reach the controller at " + wanted.controller() + ": " + reach,
                    "Let it out to that address and port, or name the one that hosts know the controller by with"
                            + " --controller.");
        }
        String clock = seen.get("clock");
        if (clock.matches("\\d{1,12}")) {
            long skew = Long.parseLong(clock) - wanted.now().getEpochSecond();
            if (Math.abs(skew) > SKEW_SECONDS) {
                trouble(
                        "clock",
                        "its clock is " + Math.abs(skew) / 60 + " minutes " + (skew > 0 ? "ahead" : "behind")
                                + ", so that certificates would not hold there",
                        "Set it right, best by NTP.");
            }
        }
    }

    private void trouble(String code, String what, String next) {
        troubles.add(new Trouble(code, what, next));
    }
}
