#!/bin/sh
# On a lab host: puts it back to where a round starts, strikes it, and says how it stands.
#
# chaos.sh reset | small_package_disk | strike FAULT DELAY LASTS MOMENT | state
set -eu

target=/etc/lab-chaos.conf
data=/var/lib/drydock-agent
locks="/var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/cache/apt/archives/lock"

reset() {
  rm -f "$data/fill"
  if mountpoint -q /usr/share/lab-ok; then umount /usr/share/lab-ok; fi
  dpkg --force-downgrade --install /srv/drydock-lab/lab-ok_1.0_all.deb >/dev/null 2>&1
  apt-mark manual lab-ok >/dev/null
  printf 'old\n' >"$target"
  chmod 0640 "$target"
  systemctl reset-failed nginx 2>/dev/null || true
  systemctl start nginx
}

# Small disks, for faults that need them: one under the package's own files.
small_package_disk() {
  cp -a /usr/share/lab-ok /run/lab-ok.kept
  mount -t tmpfs -o size=64k,mode=755 tmpfs /usr/share/lab-ok
  cp -a /run/lab-ok.kept/. /usr/share/lab-ok/
  rm -r /run/lab-ok.kept
}

# What a moment waits for: any apt-get, and dpkg when it changes something.
any_apt='^apt-get '
changing='dpkg .*--(unpack|configure|install) '

# wait_and REGEX DELAY SIGNAL: until a process with such a command line is there, at most 60 s, and then for the delay; then every
# process with such a command line gets the signal (0: none). In one program, since dpkg may be done in a tenth of a second.
wait_and() {
  perl -e '
    use Time::HiRes qw(sleep);
    my ($regex, $delay, $signal) = @ARGV;
    sub found {
      my @found;
      for my $file (glob "/proc/[0-9]*/cmdline") {
        open(my $in, "<", $file) or next;
        my $line = <$in> // "";
        $line =~ tr/\0/ /;
        my ($pid) = $file =~ m{/proc/(\d+)/};
        push @found, $pid if $pid != $$ && $line =~ /$regex/;
      }
      return @found;
    }
    my @pids;
    for (1 .. 12000) { last if @pids = found(); sleep 0.005 }
    exit 3 unless @pids;
    sleep $delay;
    exit 0 unless $signal;
    @pids = found() or exit 3;
    printf "%.6f\n", Time::HiRes::time();
    kill $signal, @pids;
  ' "$@"
}

fill() {
  dd if=/dev/zero of="$1" bs=64k 2>/dev/null || true
  dd if=/dev/zero of="$1" bs=4k oflag=append conv=notrunc 2>/dev/null || true
}

# Record locks, as dpkg takes them.
hold_locks() {
  perl -MFcntl -e '
    my $lasts = shift; my @held;
    for my $path (@ARGV) {
      open(my $file, "+>>", $path) or die "$path: $!";
      my $lock = pack("s s l! l! i", F_WRLCK, 0, 0, 0, 0);
      for (1 .. 200) { last if fcntl($file, F_SETLK, $lock); select(undef, undef, undef, 0.05) }
      push @held, $file;
    }
    select(undef, undef, undef, $lasts);
  ' "$@"
}

strike() {
  fault=$1 delay=$2 lasts=$3 moment=$4
  case $fault in
    DPKG_KILLED) wait_and "$changing" "$delay" 9; return ;;
    APT_KILLED) wait_and "$changing|^apt-get (?!.* -s ).*install " "$delay" 9; return ;;
  esac
  case $moment in
    OFFERED) sleep "$delay" ;;
    APT_RUNS) wait_and "$any_apt" "$delay" 0 ;;
    DPKG_RUNS) wait_and "$changing" "$delay" 0 ;;
  esac
  date +%s.%N
  case $fault in
    NOTHING) ;;
    KILL_AGENT) systemctl kill --kill-who=main --signal=KILL drydock-agent ;;
    LOCK_HELD) hold_locks "$lasts" $locks ;;
    SERVICE_DIES) systemctl kill --signal=KILL nginx ;;
    AGENT_DISK_FULL)
      fill "$data/fill"
      sleep "$lasts"
      rm -f "$data/fill"
      ;;
    PACKAGE_DISK_FULL)
      fill /usr/share/lab-ok/fill
      sleep "$lasts"
      rm -f /usr/share/lab-ok/fill
      ;;
    *) echo "unknown fault $fault" >&2; exit 2 ;;
  esac
}

# One line each: a name and a value.
state() {
  echo "package $(dpkg-query -W -f '${db:Status-Abbrev}${Version}' lab-ok)"
  echo "package-files $(dpkg --verify lab-ok | tr '\n' ' ')$(cat /usr/share/lab-ok/version)"
  echo "file $(cat "$target") $(stat -c '%a %u:%g' "$target")"
  echo "nginx $(systemctl is-active nginx || true)"
  echo "audit $(dpkg --audit | tr '\n' ' ')"
  echo "others $(dpkg-query -W -f '${Package} ${db:Status-Abbrev} ${Version}\n' | grep -v '^lab-ok ' | sha256sum)"
  echo "automatic $(apt-mark showauto | sha256sum)"
  echo "processes $(pgrep -x -a 'apt-get|dpkg|dpkg-deb|apt' | tr '\n' ' ')"
  echo "left $(find "$data" /etc /var/lib/dpkg/updates /usr/sbin/policy-rc.d /tmp /var/tmp -xdev \
    \( -name '*.new' -o -name '*.dpkg-*' -o -name '.drydock*' -o -path '/var/lib/dpkg/updates/[0-9]*' -o -name 'policy-rc.d' \
    -o -path '/tmp/*' -o -path '/var/tmp/*' -o -path "$data/plans/*" -o -path "$data/runs/*/steps/*" \) 2>/dev/null |
    grep -v -e '/systemd-private-' -e /hsperfdata_ | sort | tr '\n' ' ')"
}

case $1 in
  reset) reset ;;
  small_package_disk) small_package_disk ;;
  strike) shift; strike "$@" ;;
  state) state ;;
esac
