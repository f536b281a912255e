# A package on standard input. Given: $file, its name.
export LC_ALL=C
umask 022
folder=/var/cache/drydock-bootstrap
rm -rf "$folder" && mkdir -p "$folder" || exit 1
cat >"$folder/$file" && exit 0
rm -rf "$folder"
exit 1
