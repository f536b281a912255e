# Says where the agent is, before other scripts: $agent.
export LC_ALL=C
agent=$(systemctl show --property=ExecStart --value drydock-agent.service 2>/dev/null | sed -n 's/^{ path=\([^ ;]*\) .*/\1/p' | head -n 1)
if [ -z "$agent" ]; then
  echo "the unit drydock-agent.service is not there" >&2
  exit 1
fi
