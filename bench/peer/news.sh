# Read by a shell on a host: a package that nobody has, in its archive, as the archive's owner would put it there. $1: which
set -eu
cd /srv/drydock-lab
printf 'Package: peer-news\nVersion: %s\nArchitecture: all\nMaintainer: Drydock <drydock@example.com>\nDescription: something new\nFilename: ./peer-news_%s_all.deb\nSize: 1\nSHA256: %064d\n\n' \
  "$1" "$1" "$1" >>Packages
sed -i '/^MD5Sum:/,$d; /^SHA256:/,$d' Release
sed -i "s/^Date: .*/Date: $(date -uR)/" Release
printf 'SHA256:\n %s %s Packages\n' "$(sha256sum <Packages | cut -d ' ' -f 1)" "$(stat -c %s Packages)" >>Release
