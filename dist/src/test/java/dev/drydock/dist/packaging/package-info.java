/** Tests of the packages that the build made. */
@org.jspecify.annotations.NullMarked
package dev.drydock.dist.packaging;
