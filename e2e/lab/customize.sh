#!/bin/sh
# Run by mmdebstrap on the finished tree: makes it a host with security updates pending that needs no network for them.
# The parts of Debian's archives that it may want are copied into it: the signed indexes as they are, and of the packages
# those that are pending, in the new version and in the old.
#
# Usage: customize.sh TREE SECURITY_URI OWN_REPOSITORY      with MMDEBSTRAP_APT_CONFIG from mmdebstrap
set -eu

# The old packages of these are not kept: on these the agent has to rebuild the package from the installed files.
left_out="openssl nginx-common"
# The host has these updates already: they take most of the time of an update and show nothing that others do not.
had="apt libapt-pkg6.0 perl perl-base perl-modules-5.36 libperl5.36 ca-certificates tzdata
  libpam0g libpam-runtime libpam-modules-bin libpam-modules"

# Not installed, and kept in both versions, for a test that installs the old ones.
at_hand="apache2 libapache2-mod-php8.2 redis-server"

tree=$1
security_uri=$2
own_repository=$3
here=$(cd "$(dirname "$0")" && pwd)
export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
pending=$tree/srv/pending-updates

echo "deb [check-valid-until=no signed-by=$keyring] $security_uri bookworm-security main" \
  >"$tree/etc/apt/sources.list.d/security.list"
apt-get update -qq

updates() { apt-get --simulate dist-upgrade | sed -nE 's/^Inst ([^ ]+) .*/\1/p'; }
# shellcheck disable=SC2086 # a list of words
already=$(updates | grep -xF "$(printf '%s\n' $had)" || true)
if [ -n "$already" ]; then
  mkdir "$tree/had"
  # shellcheck disable=SC2086 # a list of words
  (cd "$tree/had" && apt-get download -qq -o APT::Sandbox::User=root $already)
  # By apt, which heeds that some of them have to be configured before others are unpacked.
  chroot "$tree" env -u APT_CONFIG DEBIAN_FRONTEND=noninteractive sh -c 'apt-get install -qq --yes /had/*.deb' >&2
  rm -r "$tree/had"
fi

# name, old version ("-": a new dependency), new version
apt-get --simulate dist-upgrade |
  sed -nE 's/^Inst ([^ ]+) (\[([^]]+)\] )?\(([^ ]+) .*/\1 \3 \4/p' |
  awk 'NF == 2 { print $1, "-", $2; next } { print }' >"$pending"
if ! [ -s "$pending" ]; then
  echo "lab: the security suite has nothing for this host, so there is nothing to show" >&2
  exit 1
fi

# Puts packages (name=version ...) where the index says that they are.
fill() {
  repository=$1
  shift
  work=$(mktemp -d)
  (cd "$work" && apt-get download -qq -o APT::Sandbox::User=root "$@")
  for wanted in "$@"; do
    path=$repository/$(apt-cache show "$wanted" | sed -n 's/^Filename: //p' | head -n 1)
    mkdir -p "$(dirname "$path")"
    mv "$work/${wanted%%=*}"_*.deb "$path"
  done
  rmdir "$work"
}

# Copies the signed index, and fetches the package list that it names: apt reads the compressed one only.
index() {
  suite=$1
  repository=$2
  mkdir -p "$repository/dists/$suite"
  cp "$tree"/var/lib/apt/lists/*_dists_"${suite}"_InRelease "$repository/dists/$suite/InRelease"
  apt-get indextargets --format '$(METAKEY) $(URI)' 'Identifier: Packages' "Release: $suite" |
    while read -r path uri; do
      mkdir -p "$repository/dists/$suite/$(dirname "$path")"
      /usr/lib/apt/apt-helper -o APT::Sandbox::User=root download-file "$uri.xz" "$repository/dists/$suite/$path.xz"
    done
}

# A mirror of the packages in the list of names on its input, of those that another mirror of this host has; not signed.
partial() {
  whole=$1
  suite=$2
  repository=$3
  mkdir -p "$repository"
  ln -s "../${whole##*/}/pool" "$repository/pool"
  cat >"$repository/names"
  for list in "$whole/dists/$suite"/*/binary-*/Packages.xz; do
    /usr/lib/apt/apt-helper cat-file "$list"
  done | awk -v names="$repository/names" 'BEGIN { while ((getline name < names) > 0) wanted[name] = 1; RS = ""; ORS = "\n\n" }
    $2 in wanted' >"$repository/Packages"
  rm "$repository/names"
  release=$(mktemp)
  apt-ftparchive -o APT::FTPArchive::Release::Origin=Debian -o APT::FTPArchive::Release::Label=Debian \
    -o APT::FTPArchive::Release::Codename="$suite" -o APT::FTPArchive::Release::Suite="$(sed -n 's/^Suite: //p' "$whole/dists/$suite/InRelease")" \
    release "$repository" >"$release"
  install -m 0644 "$release" "$repository/Release"
  rm "$release"
}

# shellcheck disable=SC2046 # lists of words
fill "$tree/srv/debian-security" $(awk '{ print $1 "=" $3 }' "$pending")
# shellcheck disable=SC2046
fill "$tree/srv/debian" $(awk -v left_out=" $left_out " \
  '$2 != "-" && !index(left_out, " " $1 " ") { print $1 "=" $2 }' "$pending")
# name=version of what installing $at_hand takes. $@: options
takes() {
  # shellcheck disable=SC2086 # a list of words
  apt-get --simulate "$@" --no-install-recommends install $at_hand | sed -nE 's/^Inst ([^ ]+) (\[[^]]+\] )?\(([^ ]+) .*/\1=\3/p'
}
takes --target-release bookworm >"$tree/srv/takes-old"
takes | grep -vxF -f "$tree/srv/takes-old" >"$tree/srv/takes-new"
# shellcheck disable=SC2046 # lists of words
fill "$tree/srv/debian" $(cat "$tree/srv/takes-old")
# shellcheck disable=SC2046
fill "$tree/srv/debian-security" $(cat "$tree/srv/takes-new")
index bookworm "$tree/srv/debian"
index bookworm-security "$tree/srv/debian-security"
{
  chroot "$tree" dpkg-query --show --showformat '${Package}\n'
  awk '{ print $1 }' "$pending"
  sed 's/=.*//' "$tree/srv/takes-old"
} | partial "$tree/srv/debian" bookworm "$tree/srv/debian-partial"
rm "$tree/srv/takes-old" "$tree/srv/takes-new"
mkdir -p "$tree/srv/drydock-lab"
cp "$own_repository"/* "$tree/srv/drydock-lab/"

rm "$tree/etc/apt/sources.list.d/security.list"
cp -R "$here/base/." "$tree/"
rm -rf "$tree/var/lib/apt/lists"
mkdir -p "$tree/var/lib/apt/lists/partial" "$tree/var/www/html/static"
echo 'served by nginx itself' >"$tree/var/www/html/static/index.html"
chroot "$tree" env -u APT_CONFIG apt-get update -qq
chroot "$tree" env -u APT_CONFIG apt-cache stats >/dev/null
chroot "$tree" systemctl enable --quiet lab-shop.socket
# What a container has no use for.
chroot "$tree" systemctl mask --quiet apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer
chroot "$tree" env -u APT_CONFIG apt-get --simulate dist-upgrade | grep -c '^Inst' |
  sed 's/^/lab: pending security updates on the host: /' >&2
