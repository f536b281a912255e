/** Logging in to machines over SSH, with strict host keys. The only part that knows JSch. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli.ssh;
