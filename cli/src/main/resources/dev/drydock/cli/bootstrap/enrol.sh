# The token comes on standard input. Given: $controller, $name, $again: empty, --again or --force.
if [ -n "$again" ]; then systemctl stop drydock-agent.service; fi
exec "$agent" enroll --controller "$controller" --name "$name" --token-file - $again
