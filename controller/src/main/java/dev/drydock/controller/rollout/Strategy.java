package dev.drydock.controller.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a rollout goes through its hosts, as written; {@link #problems()} is empty once it was accepted.
 *
 * @param waves {@code "1"}, {@code "25%"} of all hosts; what they leave over is one more wave. Empty: 1, 2, then doubling
 *     up to 20 % of all hosts
 * @param maxConcurrent {@code "4"} or {@code "25%"} of all hosts (at least one); empty: no limit
 * @param failureThreshold {@code "0"}, {@code "10%"}: stops when more than that failed, of all hosts or, apart, of a wave's.
 *     Empty: at the first failure in the first two waves, at more than 10 % later
 * @param soak between a wave's end and the next wave's begin
 * @param neverTogether {@code "labels.cluster"}: of the hosts with one value of the label at most one is under way at once, of
 *     {@code "labels.cluster=2"} at most two; empty: none are kept apart
 * @param approveBefore waves, from 1, before which a second person has to approve
 * @param reboots how hosts that have to reboot are spread
 */
public record Strategy(
        List<String> waves,
        String maxConcurrent,
        String failureThreshold,
        Duration soak,
        String neverTogether,
        List<Integer> approveBefore,
        RebootPace reboots) {
    private static final Quantity LATER_WAVES = new Quantity.Percent(10);
    private static final int STRICT_WAVES = 2;
    private static final Duration LONGEST_SOAK = Duration.ofDays(30);

    public Strategy {
        waves = List.copyOf(waves);
        approveBefore = List.copyOf(approveBefore);
    }

    /** At the usual pace of reboots. */
    public Strategy(
            List<String> waves,
            String maxConcurrent,
            String failureThreshold,
            Duration soak,
            String neverTogether,
            List<Integer> approveBefore) {
        this(waves, maxConcurrent, failureThreshold, soak, neverTogether, approveBefore, RebootPace.USUAL);
    }

    /** Everything that is wrong with it. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < waves.size(); i++) {
            if (Quantity.parse(waves.get(i)).filter(q -> q.of(100) > 0).isEmpty()) {
                problems.add("waves[" + i + "]: '" + waves.get(i)
                        + "' is no number of hosts; write a count from 1, such as 3, or a share from 1% to 100%");
            }
        }
        if (!maxConcurrent.isEmpty()
                && Quantity.parse(maxConcurrent).filter(q -> q.of(100) > 0).isEmpty()) {
            problems.add("max_concurrent: '" + maxConcurrent
                    + "' is no number of hosts; write a count from 1, such as 4, or a share from 1% to 100%");
        }
        if (!failureThreshold.isEmpty() && Quantity.parse(failureThreshold).isEmpty()) {
            problems.add("failure_threshold: '" + failureThreshold
                    + "' is no number of hosts; write a count from 0, such as 2, or a share from 0% to 100%");
        }
        if (soak.isNegative() || soak.compareTo(LONGEST_SOAK) > 0) {
            problems.add("soak: " + soak + " is not between 0s and 30d");
        }
        if (!neverTogether.isEmpty() && apart().isEmpty()) {
            problems.add("never_together: '" + neverTogether
                    + "' is no label; write labels.NAME, such as labels.cluster, or labels.NAME=2 for two at once");
        }
        problems.addAll(reboots.problems());
        approveBefore.stream()
                .filter(wave -> wave < 1)
                .forEach(wave ->
                        problems.add("approve_before: there is no wave " + wave + "; waves are numbered from 1"));
        return problems;
    }

    /** What is wrong with it for so many waves. */
    List<String> problems(int of) {
        return approveBefore.stream()
                .filter(wave -> wave > of)
                .map(wave -> "approve_before: there is no wave " + wave + "; these hosts go in " + of
                        + (of == 1 ? " wave" : " waves"))
                .toList();
    }

    /** What keeps hosts apart. */
    Optional<Apart> apart() {
        return Apart.parse(neverTogether);
    }

    /** The numbers of hosts in each wave; they add up to {@code hosts}, and none is empty. */
    List<Integer> waveSizes(int hosts) {
        List<Integer> sizes = new ArrayList<>();
        int left = hosts;
        for (int i = 0; left > 0; i++) {
            int size = Math.min(left, Math.max(1, wanted(i, hosts, sizes)));
            sizes.add(size);
            left -= size;
        }
        return sizes;
    }

    Limits limits(List<Integer> sizes) {
        int hosts = sizes.stream().mapToInt(Integer::intValue).sum();
        int concurrent = Quantity.parse(maxConcurrent)
                .map(quantity -> Math.max(1, quantity.of(hosts)))
                .orElse(Integer.MAX_VALUE);
        Optional<Quantity> threshold = Quantity.parse(failureThreshold);
        List<Integer> perWave = IntStream.range(0, sizes.size())
                .mapToObj(i -> threshold.isEmpty() && i < STRICT_WAVES
                        ? 0
                        : threshold.orElse(LATER_WAVES).of(sizes.get(i)))
                .toList();
        return new Limits(
                concurrent, reboots.most(hosts), threshold.orElse(LATER_WAVES).of(hosts), perWave);
    }

    private int wanted(int wave, int hosts, List<Integer> before) {
        if (waves.isEmpty()) {
            return wave < STRICT_WAVES ? wave + 1 : Math.min(before.getLast() * 2, Math.max(2, hosts / 5));
        }
        return wave < waves.size()
                ? Quantity.parse(waves.get(wave))
                        .map(quantity -> quantity.of(hosts))
                        .orElse(1)
                : hosts;
    }
}
