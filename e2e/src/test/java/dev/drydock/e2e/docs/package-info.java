/** The documents, read as somebody reads them who does what they say. */
@org.jspecify.annotations.NullMarked
package dev.drydock.e2e.docs;
