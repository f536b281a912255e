# Hosts of the demo as containers: systemd as PID 1, an address of their own. Sourced by demo.sh.
# shellcheck shell=bash disable=SC2034,SC2154 # variables are demo.sh's
playbook=web-security
network=drydock-$demo

hosts_stop() {
  docker rm --force --volumes "${hosts[@]/#/drydock-$demo-}" >/dev/null 2>&1 || true
  docker network rm "$network" >/dev/null 2>&1 || true
}

hosts_image() { "$top/e2e/lab/image.sh" base >/dev/null; }

hosts_network() {
  docker network create "$network" >/dev/null
  address=$(docker network inspect --format '{{(index .IPAM.Config 0).Gateway}}' "$network")
}

hosts_start() {
  local image host start starts=()
  image=$("$top/e2e/lab/image.sh" host "$top/dist/target/drydock-agent")
  for host in "${hosts[@]}"; do
    docker run --detach --name "drydock-$demo-$host" --hostname "$host" --network "$network" --cgroupns private \
      --tmpfs /run:rw,nosuid,nodev,mode=755 --tmpfs /run/lock:rw,nosuid,nodev,noexec,size=5m \
      --cap-add SYS_ADMIN --cap-add NET_ADMIN --security-opt apparmor=unconfined --stop-signal SIGRTMIN+3 \
      --pull never "$image" >/dev/null &
    starts+=($!)
  done
  for start in "${starts[@]}"; do wait "$start" || return 1; done
}

hosts_await() {
  local host
  for host in "${hosts[@]}"; do
    for _ in $(seq 100); do
      [ "$(on "$host" systemctl is-system-running 2>/dev/null)" != running ] || continue 2
      sleep 0.2
    done
    die "$host did not boot: docker logs drydock-$demo-$host"
  done
}

on() {
  local host=$1
  shift
  docker exec "drydock-$demo-$host" "$@"
}

host_enroll() {
  docker exec --interactive "drydock-$demo-$1" sh -c 'umask 077 && cat > /run/token' <"$2"
  show on "$1" drydock-agent enroll --controller "$address:7443" --token-file /run/token
  on "$1" sh -c 'rm /run/token && systemctl enable --quiet --now drydock-agent'
}
