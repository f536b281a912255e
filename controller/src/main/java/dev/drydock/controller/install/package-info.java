/** How hosts come to their agent: packages, and a script that installs the right one, for whoever asks. */
@org.jspecify.annotations.NullMarked
package dev.drydock.controller.install;
