package dev.drydock.cli.watch;

import dev.drydock.cli.output.Paint;
import dev.drydock.cli.output.Times;

/**
 * What a picture has to fit and how it is painted.
 *
 * @param columns no line is wider
 * @param rows no more lines than this
 */
record Frame(int columns, int rows, Paint paint, Times times) {}
