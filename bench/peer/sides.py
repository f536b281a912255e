"""The two that are held against each other. Each task returns what it used, and raises where the work was not done."""

import json
import os
import re

import usage


class Ansible:
    key = "ansible"

    def __init__(self, work, folder, hosts):
        self._folder = os.path.join(folder, "ansible")
        self._inventory = os.path.join(work, "inventory")
        self._forks = str(len(hosts))
        self._environment = {
            "ANSIBLE_CONFIG": os.path.join(self._folder, "ansible.cfg"),
            "ANSIBLE_LOCAL_TEMP": os.path.join(work, "ansible"),
            "ANSIBLE_SSH_CONTROL_PATH_DIR": os.path.join(work, "cp"),
            "ANSIBLE_PRIVATE_KEY_FILE": os.path.join(work, "id"),
        }

    def connect(self):
        self._play("connect")

    def check(self):
        return self._checked("check")

    def check_command(self):
        return self._checked("check-command")

    # The same, of archives that have changed.
    check_news = check
    check_command_news = check_command

    def apply(self):
        return self._play("apply")

    def rollback(self):
        return self._play("rollback")

    def _play(self, name):
        playbook = os.path.join(self._folder, name + ".yaml")
        return usage.run(
            ["ansible-playbook", "--inventory", self._inventory, "--forks", self._forks, playbook], self._environment
        )

    def _checked(self, name):
        ended = self._play(name)
        tasks = [task["hosts"] for play in json.loads(ended.out)["plays"] for task in play["tasks"]]
        pending = {}
        for hosts in tasks:
            for host, result in hosts.items():
                names = re.findall(r"^Inst (\S+) ", result.get("stdout", ""), re.MULTILINE)
                if names:
                    pending[host] = sorted(names)
        return ended, pending


class Drydock:
    key = "drydock"

    def __init__(self, controller, hosts):
        self._controller = controller
        self._all = f'host.name <= "{max(hosts)}"'
        self._number = 0

    def connect(self):
        """Its agents are; each has read its lists within the hour after this."""
        self.check()

    def check(self):
        """Every host is asked for its plan of all updates: lists anew, and what an upgrade would do."""
        ended = self._timed(
            "rollout", "plan", self._name("check"), "--playbook", "peer-check", "--hosts", self._all,
            "--window", "peer", "--output", "json",
        )  # fmt: skip
        pending = {}
        for host in json.loads(ended.out)["hosts"]:
            if host.get("problem"):
                raise RuntimeError(f"{host['host']} {host['problem']}")
            changes = [change for step in host["steps"] for change in step.get("changes", [])]
            pending[host["host"]] = sorted(change["name"].split(":")[0] for change in changes)
        return ended, pending

    check_news = check

    def known(self):
        """What agents have said by themselves, which they do within five minutes of a change."""
        ended = self._timed("host", "list", "--filter", f"size(host.packages.pending) > 0 && {self._all}", "--output", "json")
        return ended, {host["facts"]["name"] for host in json.loads(ended.out)["hosts"]}

    def apply(self):
        return self._roll_out("apply")

    def rollback(self):
        return self._roll_out("rollback")

    def _roll_out(self, playbook):
        return self._timed(
            "rollout", "create", self._name(playbook), "--playbook", "peer-" + playbook, "--hosts", self._all,
            "--window", "peer", "--wave", "100%", "--watch",
        )  # fmt: skip

    def _name(self, task):
        self._number += 1
        return f"peer-{task}-{os.getpid()}-{self._number}"

    def _timed(self, *arguments):
        before = usage.of_process(self._controller)
        ended = usage.run(["drydock", *arguments])
        ended.cpu += usage.of_process(self._controller) - before
        return ended
