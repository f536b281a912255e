# What a host is and what waits on it: a line KEY=VALUE each. Reads only, and asks nobody for fresh lists unless $refresh is yes.
export LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
say() { printf '%s=%s\n' "$1" "$(printf '%s' "$2" | tr '\n' ' ')"; }
have() { command -v "$1" >/dev/null 2>&1; }
# Logs and caches of the tools go where they are thrown away.
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failed() { say trouble "$1: $(tail -n 1 "$scratch/err")"; }

say arch "$(uname -m)"
say kernel "$(uname -r)"
say booted "$(awk '/^btime / { print $2 }' /proc/stat 2>/dev/null)"
say memory "$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo 2>/dev/null)"
say cpus "$(getconf _NPROCESSORS_ONLN 2>/dev/null)"
if [ -r /etc/os-release ]; then
  (
    ID= ID_LIKE= VERSION_ID= VERSION_CODENAME= PRETTY_NAME=
    . /etc/os-release
    say os_id "$ID"
    say os_like "$ID_LIKE"
    say os_version "$VERSION_ID"
    say os_codename "$VERSION_CODENAME"
    say os_name "$PRETTY_NAME"
  )
fi
tools=
for tool in apt-get dnf yum zypper; do
  if have "$tool"; then tools="$tools $tool"; fi
done
say tools "$tools"
df -PTkl -x tmpfs -x devtmpfs -x squashfs 2>/dev/null | awk 'NR > 1 && NF == 7 { print "filesystem=" $7 "|" $2 "|" $3 "|" $6 }'

case " ${ID_LIKE:-} $(. /etc/os-release 2>/dev/null && echo "$ID $ID_LIKE") " in
  *" debian "* | *" ubuntu "*) manager=apt ;;
  *" suse "* | *" opensuse "* | *" sles "*) manager=zypper ;;
  *" rhel "* | *" fedora "* | *" centos "*) manager=dnf ;;
  *) if have apt-get; then manager=apt; elif have zypper; then manager=zypper; elif have dnf; then manager=dnf; else manager=; fi ;;
esac
if [ "$manager" = dnf ] && ! have dnf; then manager=; fi
say manager "$manager"

case $manager in
  apt)
    if [ "$refresh" = yes ] && ! apt-get -qq update 2>"$scratch/err" >/dev/null; then failed "apt-get update"; fi
    say refreshed "$(stat -c %Y /var/lib/apt/lists 2>/dev/null)"
    say installed "$(dpkg-query -W -f '.\n' 2>/dev/null | wc -l)"
    if apt-get -s -o Debug::NoLocking=1 -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Dir::Log="$scratch" dist-upgrade \
      >"$scratch/out" 2>"$scratch/err"; then
      sed -n 's/^Inst \([^ ]*\) \[\([^]]*\)\] (\([^ ]*\) \(.*\) \[\([^]]*\)\]).*/update=\1|\5|\2|\3|\4/p' "$scratch/out"
      say read yes
    else
      failed "apt-get"
    fi
    if [ -e /run/reboot-required ]; then
      say reboot yes
      say reboot_by "$(sort -u /run/reboot-required.pkgs 2>/dev/null)"
    fi
    ;;
  dnf)
    if [ "$refresh" = yes ] && ! dnf -q --setopt=logdir="$scratch" makecache >/dev/null 2>"$scratch/err"; then failed "dnf makecache"; fi
    say refreshed "$(find /var/cache/dnf /var/cache/libdnf5 -name repomd.xml -printf '%T@\n' 2>/dev/null | sort -n | tail -n 1 | cut -d . -f 1)"
    rpm -qa --qf 'rpm=%{NAME}.%{ARCH}|%{EVR}\n' 2>/dev/null
    dnf -q -C --setopt=logdir="$scratch" check-update >"$scratch/out" 2>"$scratch/err"
    case $? in
      0 | 100)
        awk '/^Obsoleting/ { exit } NF == 3 && $1 ~ /\./ { print "available=" $1 "|" $2 "|" $3 }' "$scratch/out"
        dnf -q -C --setopt=logdir="$scratch" updateinfo list --security 2>/dev/null |
          awk '{ for (i = 1; i <= NF; i++) if ($i ~ /-[^-]+-[^-]+\.[a-z0-9_]+$/) print "security=" $i }'
        say read yes
        ;;
      *) failed "dnf" ;;
    esac
    if have needs-restarting; then
      needs-restarting -r >/dev/null 2>&1
      if [ $? -eq 1 ]; then say reboot yes; fi
    fi
    ;;
  zypper)
    if [ "$refresh" = yes ] && ! zypper --non-interactive -q refresh >/dev/null 2>"$scratch/err"; then failed "zypper refresh"; fi
    say refreshed "$(find /var/cache/zypp/raw -name repomd.xml -printf '%T@\n' 2>/dev/null | sort -n | tail -n 1 | cut -d . -f 1)"
    rpm -qa --qf 'rpm=%{NAME}.%{ARCH}|%{EVR}\n' 2>/dev/null
    if zypper --non-interactive --no-refresh -q list-updates >"$scratch/out" 2>"$scratch/err"; then
      awk -F ' *[|] *' 'NF >= 6 && $1 ~ /^v/ { sub(/ +$/, "", $6); print "available=" $3 "." $6 "|" $5 "|" $2 }' "$scratch/out"
      zypper --non-interactive --no-refresh -q list-patches --category security 2>/dev/null |
        awk -F '|' 'NF >= 4 && $2 !~ /Name/ { gsub(/ /, "", $2); print $2 }' |
        while read -r patch; do
          zypper --non-interactive --no-refresh -q info -t patch "$patch" 2>/dev/null |
            awk '$2 == "<" { print "security=" $1 }'
        done
      say read yes
    else
      failed "zypper"
    fi
    zypper --non-interactive needs-rebooting >/dev/null 2>&1
    if [ $? -eq 102 ]; then say reboot yes; fi
    ;;
esac
say end yes
