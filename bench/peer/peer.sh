#!/bin/bash
# Ansible, as Debian has it, and Drydock in turn on the same hosts: containers with systemd, sshd and the agent, that start with
# updates pending. Prints the sections of a report as JSON, all else on standard error. Nothing is left running.
#
# Usage: peer.sh [ROUNDS [HOSTS...]]     how often (3), and on how many hosts, rising (10 20 50)
# dist/target has to be packed before: bench/run.sh peer does that.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
lab=$top/e2e/lab
rounds=${1:-3}
sizes=("${@:2}")
[ ${#sizes[@]} -gt 0 ] || sizes=(10 20 50)
work=$(mktemp -d)
network=drydock-peer-$$
controller=
names=()
# Each systemd watches files with several of these, and all containers are one user's.
instances=/proc/sys/fs/inotify/max_user_instances
instances_before=$(cat "$instances")
export PATH=$top/dist/target/drydock/bin:$PATH XDG_CONFIG_HOME=$work/config

say() { echo "peer: $* ($SECONDS s)" >&2; }
die() {
  echo "peer: $*" >&2
  exit 1
}

stop() {
  trap '' INT TERM
  for socket in "$work"/cp/*; do
    [ ! -S "$socket" ] || ssh -o ControlPath="$socket" -O exit peer >/dev/null 2>&1 || true
  done
  # The controller, and hosts that are being started.
  for job in $(jobs -p); do kill "$job" 2>/dev/null || true; done
  [ ${#names[@]} -eq 0 ] || docker rm --force --volumes "${names[@]}" >/dev/null 2>&1 || true
  docker network rm "$network" >/dev/null 2>&1 || true
  [ "$(cat "$instances")" = "$instances_before" ] || echo "$instances_before" >"$instances"
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("", 0)); print(s.getsockname()[1])'; }

# The image of the hosts, by the contents that it is made from.
host_image() {
  local base debs context
  base=$("$lab/image.sh" host "$top/dist/target/drydock-agent")
  debs=$("$lab/debs.sh" peer "$("$lab/image.sh" base)" openssh-server python3 python3-apt)
  image=drydock-lab/peer:$(printf '%s %s %s' "$base" "$(cd "$debs" && ls)" "$(cat "$here/Dockerfile")" | sha256sum | cut -c 1-16)
  docker image inspect "$image" >/dev/null 2>&1 && return
  context=$(mktemp -d)
  cp -R "$debs" "$context/debs"
  sed "s|@BASE@|$base|" "$here/Dockerfile" >"$context/Dockerfile"
  DOCKER_BUILDKIT=0 docker build --quiet --pull=false --tag "$image" "$context" >"$work/image.log" 2>&1 ||
    die "the hosts' image could not be built: $(tail -n 3 "$work/image.log")"
  rm -rf "$context"
}

controller_start() {
  local api
  address=$(docker network inspect --format '{{(index .IPAM.Config 0).Gateway}}' "$network")
  agents=$address:$(free_port)
  api=127.0.0.1:$(free_port)
  drydock-controller run --data "$work/controller" --agent-listen "$agents" --api-listen "$api" --advertise "$address" \
    >"$work/controller.out" 2>"$work/controller.log" &
  controller=$!
  for _ in $(seq 300); do
    if grep -q '^ready' "$work/controller.out"; then break; fi
    kill -0 "$controller" 2>/dev/null || die "the controller ended: $(tail -n 3 "$work/controller.log")"
    sleep 0.2
  done
  drydock login --address "$api" --ca "$work/controller/ca.crt" --token-file "$work/controller/admin.token" >/dev/null
  drydock key create peer --out "$work" >/dev/null 2>&1
  drydock key pin "$work/peer.pub" >/dev/null
  for playbook in check apply rollback; do
    cp "$here/playbooks/$playbook.yaml" "$work/"
    drydock playbook sign "$work/$playbook.yaml" --key "$work/peer.key" >/dev/null 2>&1
    drydock playbook push "$work/$playbook.yaml" >/dev/null 2>&1
  done
  drydock window create peer --now --duration 12h --cutoff 10m >/dev/null 2>&1
}

# $1: a name. Booted, enrolled, open for Ansible.
host_start() {
  local booted=
  docker run --detach --name "$1" --hostname "$1" --network "$network" --cgroupns private \
    --tmpfs /run:rw,nosuid,nodev,mode=755 --tmpfs /run/lock:rw,nosuid,nodev,noexec,size=5m \
    --cap-add SYS_ADMIN --cap-add NET_ADMIN --security-opt apparmor=unconfined --stop-signal SIGRTMIN+3 \
    --pull never "$image" >/dev/null
  for _ in $(seq 120); do
    case $(docker exec "$1" systemctl is-system-running 2>/dev/null) in running | degraded) booted=yes && break ;; esac
    sleep 0.5
  done
  [ -n "$booted" ] || die "$1 did not boot within two minutes: docker logs $1"
  cat "$work/id.pub" "$work/token" | docker exec --interactive "$1" sh -euc '
    umask 077
    mkdir -p /root/.ssh
    read -r key && printf "%s\n" "$key" >/root/.ssh/authorized_keys
    cat >/run/token
    drydock-agent enroll --controller '"$agents"' --token-file /run/token >/dev/null
    rm /run/token
    systemctl enable --quiet --now ssh drydock-agent'
  echo "$1 ansible_user=root ansible_host=$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1")" \
    >>"$work/inventory"
}

# $1: how many there are to be, connected and with their facts told.
hosts_grow() {
  local missing=() starting=() name number
  drydock token create --uses "$1" --ttl 1h --quiet >"$work/token"
  for number in $(seq $((${#names[@]} + 1)) "$1"); do
    name=$(printf 'peer-%d-%03d' $$ "$number")
    missing+=("$name")
    names+=("$name")
  done
  # Two at once: as many as there are cores at least.
  for number in "${!missing[@]}"; do
    host_start "${missing[number]}" &
    starting+=($!)
    if [ ${#starting[@]} -eq 2 ]; then
      wait "${starting[0]}"
      starting=("${starting[1]}")
    fi
  done
  for name in "${starting[@]}"; do wait "$name"; done
  for _ in $(seq 120); do
    [ "$(drydock host list --filter 'size(host.packages.pending) > 0' --quiet | wc -l)" -lt "$1" ] || return 0
    sleep 2
  done
  die "not all of $1 hosts connected and told what waits on them: $work/controller.log"
}

why=$("$lab/engine.sh" 2>&1) || die "$why"
"$lab/tools.sh" "$work" ansible-playbook=ansible ssh=openssh-client
[ -x "$top/dist/target/drydock/bin/drydock" ] || die "nothing is packed: make package"
ssh-keygen -q -t ed25519 -N '' -C peer -f "$work/id"
host_image
wanted=$((32 * ${sizes[-1]} + 256))
if [ "$instances_before" -lt "$wanted" ]; then
  say "fs.inotify.max_user_instances is raised from $instances_before to $wanted for the time of this run"
  echo "$wanted" >"$instances" || die "fs.inotify.max_user_instances must be $wanted at least for ${sizes[-1]} hosts"
fi
docker network create "$network" >/dev/null
controller_start
version=$(ansible-playbook --version | sed -n '1s/.*core \(.*\)\]/\1/p')
sections=()
for size in "${sizes[@]}"; do
  hosts_grow "$size"
  say "$size hosts are connected, $(free -m | awk '/^Mem/ {print $7}') MiB of memory left"
  figures=$(python3 "$here/measure.py" "$work" "$here" "$controller" "$rounds" "${names[@]}")
  sections+=("{\"key\":\"peer_$size\",\"title\":\"Beside Ansible (core $version) on the same $size hosts\",\"figures\":$figures}")
done
(IFS=, && echo "{\"sections\":[${sections[*]}]}")
