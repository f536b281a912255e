printf 'active=%s\n' "$(systemctl is-active drydock-agent.service 2>/dev/null | head -n 1)"
printf 'status=%s\n' "$("$agent" status --output json 2>/dev/null | tr '\n' ' ')"
printf 'log=%s\n' "$(journalctl --unit drydock-agent.service --lines 3 --output cat --no-pager 2>/dev/null | tail -n 1)"
