/** Work on many hosts from nothing but sshd to an enrolled agent: what is to be done, and its doing. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli.bootstrap;
