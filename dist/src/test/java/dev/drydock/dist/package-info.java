/** Tests of the packed programs, as somebody would use them who has only the folder. */
@org.jspecify.annotations.NullMarked
package dev.drydock.dist;
