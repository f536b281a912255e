#!/bin/bash
# The whole journey on three hosts made for it: build, start a controller, enrol, sign, roll out through a canary and a second
# wave, see one host fail its health check and go back, and read the compliance report. Nothing is left running.
#
# Usage: demo.sh [--keep | --stop]   --keep leaves hosts and controller running until --stop
# DRYDOCK_LAB_ENGINE=none             root directories instead of containers, as where no engine can be had
# DRYDOCK_DEMO=NAME                   another demo beside one that is kept: names its folder, hosts and network
# DRYDOCK_DEMO_BUILD=no               uses the distribution as it was built last
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
demo=${DRYDOCK_DEMO:-demo}
work=$top/.demo/$demo
dist=$top/dist/target/drydock
canary=web-1
broken=web-3
hosts=(web-1 web-2 web-3)
export XDG_CONFIG_HOME=$work/config
export PATH=$dist/bin:$PATH
started=$SECONDS

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'; else bold='' dim='' plain=''; fi
say() { printf '\n%s== %s%s %s(%d s)%s\n' "$bold" "$*" "$plain" "$dim" $((SECONDS - started)) "$plain"; }
show_command() { printf '%s$ %s%s\n' "$bold" "$(printf '%q ' "$@" | sed "s|$top/||g; s/\\\\//g")" "$plain"; }
show() { show_command "$@" && "$@"; }
die() {
  printf 'demo: %s\n' "$*" >&2
  exit 1
}

# shellcheck source=e2e/demo/containers.sh
# shellcheck source=e2e/demo/roots.sh
choose_hosts() {
  if [ "${DRYDOCK_LAB_ENGINE:-}" != none ] && why=$("$top/e2e/lab/engine.sh" 2>&1); then
    . "$here/containers.sh"
  else
    . "$here/roots.sh"
    echo "demo: no container engine (${why:-DRYDOCK_LAB_ENGINE=none}); root directories instead: packages, files and" \
      "commands are real (chroot), processes, network, kernel and boot are this machine's"
  fi
}

stop() {
  if [ -s "$work/controller.pid" ] && kill -0 "$(cat "$work/controller.pid")" 2>/dev/null; then
    kill "$(cat "$work/controller.pid")"
  fi
  hosts_stop
  rm -f "$work/controller.pid"
}

# Compiles and packs only when something changed since the last time.
build() {
  local stamp=$top/dist/target/demo-stamp now
  if [ "${DRYDOCK_DEMO_BUILD:-}" = no ]; then
    return
  fi
  now=$(cd "$top" && find pom.xml ./*/pom.xml ./*/src -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
  if [ -x "$dist/bin/drydock" ] && [ "$now" = "$(cat "$stamp" 2>/dev/null)" ]; then
    return
  fi
  "$top/build/mvn.sh" --quiet --projects dist --also-make -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -Derrorprone.options=-XepDisableAllChecks package >"$work/build.log" 2>&1 ||
    die "the build failed; its log is $work/build.log"
  echo "$now" >"$stamp"
}

controller_start() {
  # It outlives the terminal when it is kept. It lives for a minute: the optimizing compiler's time is not had back.
  DRYDOCK_JAVA_OPTS=-XX:TieredStopAtLevel=1 nohup "$dist/bin/drydock-controller" run --data "$work/controller" \
    --agent-listen "$address:7443" --api-listen "$address:8443" --advertise "$address" \
    >"$work/controller.out" 2>"$work/controller.log" &
  echo $! >"$work/controller.pid"
}

controller_await() {
  for _ in $(seq 150); do
    grep -q '^ready' "$work/controller.out" && return
    kill -0 "$(cat "$work/controller.pid")" 2>/dev/null || break
    sleep 0.2
  done
  die "the controller did not start; its log is $work/controller.log: $(tail -n 1 "$work/controller.log")"
}

# Shows the answer once all hosts are in it: each question is a process of its own, beside the agents that start.
show_pending() {
  local until=$((SECONDS + 30)) pending=(drydock host list --filter 'host.packages.pending_security > 0') answer
  while [ "$SECONDS" -lt "$until" ]; do
    answer=$("${pending[@]}")
    if [ "$(wc -l <<<"$answer")" -gt ${#hosts[@]} ]; then
      show_command "${pending[@]}"
      echo "$answer"
      return
    fi
    sleep 1
  done
  die "not all hosts reported their pending updates within 30 s: drydock host list"
}

mkdir -p "$work"
choose_hosts
case ${1:-} in
  --stop) stop && exit ;;
  '' | --keep) ;;
  *) die "usage: demo.sh [--keep | --stop]" ;;
esac
hosts_stop
rm -rf "$work/controller" "$work/config" "$work/keys"
[ "${1:-}" = --keep ] || trap stop EXIT

say "Build Drydock and three Debian hosts with real security updates pending"
hosts_image &
image=$!
build
wait "$image" || die "the hosts could not be made"

say "Start a controller and the hosts; meanwhile, on the desk: a key, and a playbook checked and signed"
hosts_network
controller_start
hosts_start &
starting=$!
mkdir -p "$work/keys"
cp "$here/$playbook.yaml" "$work/keys/"
show drydock key create ops --out "$work/keys"
show drydock playbook lint "$work/keys/$playbook.yaml"
show drydock playbook sign "$work/keys/$playbook.yaml" --key "$work/keys/ops.key"

say "Who may sign playbooks, and a token that lets the hosts in"
controller_await
cat "$work/controller.out"
show drydock login --address "$address:8443" --ca "$work/controller/ca.crt" --token-file "$work/controller/admin.token"
show drydock key pin "$work/keys/ops.pub"
drydock token create --uses ${#hosts[@]} --ttl 10m --label role=web --quiet >"$work/keys/token"
echo "\$ drydock token create --uses ${#hosts[@]} --ttl 10m --label role=web > token"
wait "$starting" || die "the hosts could not be started"
hosts_await

say "The hosts enrol; meanwhile the playbook is pushed, and a window opened"
enrolments=()
for host in "${hosts[@]}"; do
  host_enroll "$host" "$work/keys/token" >"$work/$host.enrolment" 2>&1 &
  enrolments+=($!)
done
show drydock playbook push "$work/keys/$playbook.yaml"
show drydock window create tonight --now --duration 1h --cutoff 10m
for i in "${!hosts[@]}"; do
  outcome=0
  wait "${enrolments[i]}" || outcome=$?
  cat "$work/${hosts[i]}.enrolment"
  [ "$outcome" -eq 0 ] || die "${hosts[i]} could not be enrolled"
done

say "What the hosts say of themselves"
show_pending

say "Make sure that $broken will not like the update: its shop was built for the OpenSSL of today"
on "$broken" sh -c 'mkdir -p /etc/lab-shop && dpkg-query -W -f "\${Version}" libssl3 > /etc/lab-shop/only-with'
for host in "${hosts[@]}"; do on "$host" env COLUMNS=400 dpkg -l >"$work/$host.before"; done

say "Roll out: $canary first, then the others; one failure is allowed"
outcome=0
show drydock rollout create web-now --playbook "$playbook" --hosts 'host.labels.role == "web"' --window tonight \
  --wave 1 --failure-threshold 1 --watch || outcome=$?
[ "$outcome" -eq 4 ] || die "the rollout ended with exit code $outcome, expected 4 (partly failed: $broken)"

say "What dpkg itself says"
for host in "${hosts[@]}"; do
  on "$host" env COLUMNS=400 dpkg -l >"$work/$host.after"
  changed=$(diff "$work/$host.before" "$work/$host.after" | grep -c '^>' || true)
  printf '%-6s %s packages differ from before: ' "$host" "$changed"
  on "$host" dpkg-query -W -f '${Package} ${Version}  ' openssl nginx
  echo
  if [ "$host" = "$broken" ]; then
    [ "$changed" -eq 0 ] || die "$host should be exactly as before"
  else
    [ "$changed" -gt 0 ] || die "$host should be patched"
  fi
done

say "The reports"
show drydock report rollout web-now || true
show drydock report compliance
[ "${1:-}" != --keep ] || printf '\nStill running. Try: export XDG_CONFIG_HOME=%s PATH=%s:$PATH; stop with: %s --stop\n' \
  "$XDG_CONFIG_HOME" "$dist/bin" "$0"
say "Done: two hosts patched and verified, one rolled back and verified"
