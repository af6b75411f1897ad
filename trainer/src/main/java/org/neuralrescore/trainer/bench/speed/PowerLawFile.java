// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** Writes a generated matrix as a file of interactions, as a person would bring it. */
final class PowerLawFile {
  private static final long FIRST_SECOND = 1_500_000_000L;
  private static final int SECONDS = 100_000_000;

  private PowerLawFile() {}

  /**
   * Writes {@code userId,movieId,rating,timestamp}, gzip-compressed.
   *
   * @param seed of the times
   */
  static void write(Path file, SparseMatrix matrix, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder line = new StringBuilder();
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file), 1 << 16),
                StandardCharsets.US_ASCII),
            1 << 16)) {
      out.write("userId,movieId,rating,timestamp\n");
      for (int row = 0; row < matrix.rowCount(); row++) {
        for (int p = matrix.start(row); p < matrix.end(row); p++) {
          line.setLength(0);
          line.append(row + 1).append(',').append(matrix.columns()[p] + 1).append(',');
          line.append((int) matrix.values()[p]).append(',');
          line.append(FIRST_SECOND + random.nextInt(SECONDS)).append('\n');
          out.append(line);
        }
      }
    }
  }
}
