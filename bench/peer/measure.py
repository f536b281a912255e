"""Both sides in turn on the same hosts, and the section of a report that comes of it, as JSON.

Usage: measure.py WORK FOLDER CONTROLLER_PID ROUNDS HOST...    WORK has what peer.sh made; FOLDER is where this file is
"""

import json
import os
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import usage
from sides import Ansible, Drydock


def say(text):
    print(f"peer: {text}", file=sys.stderr, flush=True)


class Hosts:
    def __init__(self, names, folder):
        self.names = names
        with open(os.path.join(folder, "news.sh"), encoding="utf-8") as script:
            self._news = script.read()
        self._published = 0

    def cpu(self):
        with ThreadPoolExecutor(4) as several:
            return sum(several.map(usage.of_container, self.names))

    def publish(self):
        """Something new in each host's archive, that changes nothing of what is pending."""
        self._published += 1
        self._on_each("sh", "-c", self._news, "sh", str(self._published))

    def _on_each(self, *argv):
        def ask(name):
            return subprocess.run(
                ["docker", "exec", name, *argv], check=True, capture_output=True, text=True
            ).stdout.strip()

        with ThreadPoolExecutor(4) as several:
            return dict(zip(self.names, several.map(ask, self.names)))

    def require_version(self, wanted):
        """By dpkg itself: a fast answer that did nothing is worth nothing."""
        for name, version in self._on_each("dpkg-query", "-W", "-f", "${Version}", "lab-ok").items():
            if version != wanted:
                raise RuntimeError(f"{name} has lab-ok {version}, expected {wanted}")

    def pending(self):
        lines = "apt-get --simulate dist-upgrade | sed -n 's/^Inst \\([^ ]*\\) .*/\\1/p'"
        return {name: sorted(text.split()) for name, text in self._on_each("sh", "-c", lines).items()}


class Measured:
    """Of each task of each side what its rounds took."""

    def __init__(self, hosts):
        self._hosts = hosts
        self._taken = {}

    def of(self, side, task):
        before = self._hosts.cpu()
        answer = getattr(side, task)()
        ended, found = answer if isinstance(answer, tuple) else (answer, None)
        hosts = self._hosts.cpu() - before
        count = len(self._hosts.names)
        say(f"{count} hosts, {side.key} {task}: {ended.wall:.2f} s, {ended.cpu:.2f} s of CPU here, {hosts:.2f} on the hosts")
        self._taken.setdefault((side.key, task), []).append((ended.wall, ended.cpu, hosts))
        return found

    def median(self, side, task, which):
        return statistics.median(taken[which] for taken in self._taken[side, task])


TASKS = {
    "check": "check for updates",
    "check_news": "check for updates, an archive has changed",
    "apply": "apply one package",
    "rollback": "roll it back",
}
# What Ansible is held to for a check is the faster of its two ways.
WAYS = {"check": ("check", "check_command"), "check_news": ("check_news", "check_command_news")}


# On how many hosts a change is repeated as often as a check; on more it is made once: the hosts' own work is minutes then.
FEW = 10


def once(measured, hosts, side, pending, change):
    for task in ("check_news", "check_command_news", "check", "check_command", "known"):
        if hasattr(side, task):
            if task.endswith("_news"):
                hosts.publish()
            found = measured.of(side, task)
            if found != (pending if task != "known" else set(hosts.names)):
                raise RuntimeError(f"{side.key} {task} found {found}, expected {pending}")
    for task, version in (("apply", "2.0"), ("rollback", "1.0")) if change else ():
        measured.of(side, task)
        hosts.require_version(version)


def figures(measured, count):
    def one(key, label, value, unit):
        return {"key": key, "label": label, "value": round(value, 4), "unit": unit}

    def pair(task, label, ansible_task):
        for which, (name, what, factor, unit) in enumerate(
            [("wall_s", "", 1, "s"), ("cpu_ms", ", CPU here a host", 1e3 / count, "ms"),
             ("host_cpu_ms", ", CPU on each host", 1e3 / count, "ms")]
        ):  # fmt: skip
            ours = measured.median("drydock", task, which) * factor
            theirs = measured.median("ansible", ansible_task, which) * factor
            yield one(f"{task}_{name}", f"{label}{what}, Drydock", ours, unit)
            yield one(f"{task}_ansible_{name}", f"{label}{what}, Ansible", theirs, unit)
            if which < 2:
                kind = name.split("_")[0]
                yield one(f"{task}_{kind}_ratio", f"{label}{what}, Ansible / Drydock", theirs / max(ours, 1e-9), "x")

    def best(task):
        return min(WAYS.get(task, (task,)), key=lambda way: measured.median("ansible", way, 0))

    for task, label in TASKS.items():
        yield from pair(task, label, best(task))
    yield from pair("known", "what agents reported before", best("check"))
    for way in WAYS["check"]:
        yield one(f"{way}_ansible_alone_s", f"Ansible, {way.replace('_', ' by ')}", measured.median("ansible", way, 0), "s")


def main():
    work, folder, controller, rounds, *names = sys.argv[1:]
    usage.adopt_orphans()
    hosts = Hosts(names, folder)
    hosts.require_version("1.0")
    pending = hosts.pending()
    if not all(pending.values()):
        raise RuntimeError(f"a host has no updates pending: {pending}")
    sides = [Ansible(work, folder, names), Drydock(int(controller), names)]
    # Neither is measured as it meets hosts for the first time: connections, and lists that were just read.
    for side in sides:
        side.connect()
    measured = Measured(hosts)
    for number in range(int(rounds)):
        # In turn, each first every other time.
        for side in sides if number % 2 == 0 else reversed(sides):
            once(measured, hosts, side, pending, number == 0 or len(names) <= FEW)
    print(json.dumps(list(figures(measured, len(names)))))


if __name__ == "__main__":
    main()
