/** Backups in object stores that speak the protocol of Amazon S3. */
@NullMarked
package dev.drydock.agent.backup.s3;

import org.jspecify.annotations.NullMarked;
