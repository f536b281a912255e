/** Makes packages for Debian's and Red Hat's families of what {@code pack.sh} laid out. Run by the build; it is in no package itself. */
@org.jspecify.annotations.NullMarked
package dev.drydock.dist.packaging;
