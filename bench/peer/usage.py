"""What programs and hosts have used of the processor, as the kernel counts it."""

import ctypes
import os
import resource
import subprocess
import time
from dataclasses import dataclass

_TICK = os.sysconf("SC_CLK_TCK")
_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans():
    """Makes this process the parent of what its children leave running, so that it counts: ssh's masters, for one."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "cannot adopt orphans")


def of_process(pid):
    """Seconds of user and system time of all its threads."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _left_running():
    """The same of all that descends from this process and has not ended."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8") as stat:
                parents[int(name)] = int(stat.read().rsplit(")", 1)[1].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    total = 0.0
    for pid in parents:
        ancestor = parents[pid]
        while ancestor in parents and ancestor != os.getpid():
            ancestor = parents[ancestor]
        if ancestor == os.getpid():
            try:
                total += of_process(pid)
            except (FileNotFoundError, ProcessLookupError):
                continue
    return total


def _of_children():
    waited = resource.getrusage(resource.RUSAGE_CHILDREN)
    return waited.ru_utime + waited.ru_stime + _left_running()


def of_container(name):
    """Seconds of all that ran in a container since it was started; cgroups of both versions."""
    inspected = subprocess.run(
        ["docker", "inspect", "--format", "{{.Id}} {{.State.Pid}}", name], check=True, capture_output=True, text=True
    )
    container, pid = inspected.stdout.split()
    with open(f"/proc/{pid}/cgroup", encoding="utf-8") as groups:
        for line in groups:
            _, controllers, path = line.strip().split(":", 2)
            if container not in path or (controllers and "cpuacct" not in controllers.split(",")):
                continue
            # Up to the container's own group: systemd makes others below it.
            own = path[: path.index("/", path.index(container))] if "/" in path[path.index(container) :] else path
            file = f"/sys/fs/cgroup/{controllers}{own}/cpuacct.usage" if controllers else f"/sys/fs/cgroup{own}/cpu.stat"
            with open(file, encoding="utf-8") as counter:
                text = counter.read()
            return int(text) / 1e9 if controllers else int(text.split("usage_usec ")[1].split()[0]) / 1e6
    raise RuntimeError(f"no control group of {name} counts its processor time")


@dataclass
class Ended:
    """A program that has ended well: what it printed, how long it took, what it and all its children used."""

    out: str
    wall: float
    cpu: float


def run(argv, environment=None, codes=(0,)):
    before = _of_children()
    begun = time.monotonic()
    done = subprocess.run(argv, capture_output=True, text=True, env={**os.environ, **(environment or {})}, check=False)
    wall = time.monotonic() - begun
    if done.returncode not in codes:
        raise RuntimeError(f"{' '.join(argv)} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return Ended(done.stdout, wall, _of_children() - before)
