# Given: $verb, start or restart.
systemctl enable --quiet drydock-agent.service && systemctl "$verb" drydock-agent.service || {
  journalctl --unit drydock-agent.service --lines 5 --output cat --no-pager >&2
  exit 1
}
rm -rf /opt/drydock-agent.old
