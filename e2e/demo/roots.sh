# Hosts of the demo as root directories with an agent each on this machine. Sourced by demo.sh.
# shellcheck shell=bash disable=SC2034,SC2154 # variables are demo.sh's
playbook=root-security
address=127.0.0.1

hosts_stop() {
  local host
  for host in "${hosts[@]}"; do
    if [ -s "$work/$host.pid" ] && kill -0 "$(cat "$work/$host.pid")" 2>/dev/null; then
      kill "$(cat "$work/$host.pid")"
    fi
    rm -f "$work/$host.pid"
    root_unmount "$work/roots/$host"
  done
}

# /proc and /dev as the packages' scripts want them; without the right to mount, they do without.
root_mount() {
  mount --bind /dev "$1/dev" 2>/dev/null || true
  mount -t proc proc "$1/proc" 2>/dev/null || true
}

root_unmount() {
  local point
  for point in dev proc; do
    if mountpoint -q "$1/$point" 2>/dev/null; then umount "$1/$point"; fi
  done
}

hosts_image() { "$top/e2e/lab/image.sh" root >"$work/root.tar.name"; }

hosts_network() { :; }

hosts_start() {
  local host archive
  archive=$(cat "$work/root.tar.name")
  for host in "${hosts[@]}"; do
    rm -rf "$work/roots/$host" "$work/agents/$host"
    mkdir -p "$work/roots/$host" "$work/agents/$host"
    tar -xf "$archive" -C "$work/roots/$host" --exclude './dev/*'
    root_mount "$work/roots/$host"
  done
}

hosts_await() { :; }

on() {
  local host=$1
  shift
  chroot "$work/roots/$host" "$@"
}

host_enroll() {
  show "$dist/bin/drydock-agent" enroll --controller "$address:7443" --token-file "$2" --name "$1" --data "$work/agents/$1"
  "$dist/bin/drydock-agent" run --data "$work/agents/$1" --root "$work/roots/$1" >"$work/$1.log" 2>&1 &
  echo $! >"$work/$1.pid"
}
