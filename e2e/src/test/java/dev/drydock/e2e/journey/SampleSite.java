package dev.drydock.e2e.journey;

import dev.drydock.e2e.lab.LabHost;

/** A site's files with all that a backup of files may lose. */
final class SampleSite {
    static final String ROOT = "/srv/site";

    private SampleSite() {}

    static void make(LabHost host) {
        host.sh("""
                mkdir -p /srv/site/wp-content/uploads /srv/site/cache && cd /srv/site
                head -c 3000000 /dev/urandom > wp-content/uploads/photo.jpg
                seq 1 20000 > wp-content/big.txt && echo '<?php // site' > index.php
                truncate -s 500M sparse.img && printf x | dd of=sparse.img bs=1 seek=100000000 conv=notrunc 2>/dev/null
                chown -R www-data:www-data . && chown 12345:54321 index.php && chmod 4755 index.php && chmod 1777 cache
                ln wp-content/big.txt wp-content/hard && ln -s ../index.php wp-content/link && ln -s 'no/where ü' dangling
                setfacl -m u:www-data:rwx,g:daemon:r wp-content && setfacl -d -m u:nobody:r wp-content/uploads
                setfattr -n user.note -v 'kept' index.php || true
                printf odd > "$(printf 'a\\nb')" && printf odd > ' -rf' && printf odd > "$(printf 'latin\\344')" && printf odd > "ü%41 \\"'*"
                mkfifo pipe && touch -d '2001-02-03 04:05:06' index.php
                """);
    }

    /** All that can be seen of a tree, as its tools tell it. */
    static String looksLike(LabHost host, String directory) {
        return host.sh("cd " + directory + " && find . -printf '%y %m %U %G %n %T@ %p %l\\0'"
                + " | sort -z | tr '\\0' '\\n' | grep -v '^d'; getfacl -R -n . 2>/dev/null;"
                + " getfattr -R -d -m - . 2>/dev/null; find . -type f -print0 | sort -z | xargs -0 sha256sum");
    }
}
