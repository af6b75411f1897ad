// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.solver.Extrapolation;

class FactorCheckpointTest {
  @TempDir Path folder;

  private static FactorState state(int users, int items) {
    SplittableRandom random = new SplittableRandom(1);
    return new FactorState(
        new Factors(3, random.doubles(users * 3L).toArray(), random.doubles(items * 3L).toArray()),
        List.of(3.0, 2.0, 1.0 / 3));
  }

  private static FactorState extrapolated(int users, int items) {
    FactorState state = state(users, items);
    SplittableRandom random = new SplittableRandom(2);
    Extrapolation extrapolation =
        new Extrapolation(
            random.doubles(users * 3L).toArray(),
            random.doubles(items * 3L).toArray(),
            0.6,
            0.5,
            0.9);
    return new FactorState(
        state.factors(), state.sweeps(), state.objective(), Optional.of(extrapolation));
  }

  @Test
  void read_givesWhatWasWritten_toTheBit() {
    Path file = folder.resolve("factors");
    FactorState state = state(5000, 1000);
    FactorCheckpoint.write(file, "key", state);
    FactorState read = FactorCheckpoint.read(file, "key").orElseThrow();
    assertArrayEquals(state.factors().rows(), read.factors().rows());
    assertArrayEquals(state.factors().columns(), read.factors().columns());
    assertEquals(state.objective(), read.objective());
    assertEquals(3, read.sweeps());
  }

  @Test
  void read_givesTheExtrapolationThatWasWritten_toTheBit() {
    Path file = folder.resolve("factors");
    FactorState state = extrapolated(50, 10);
    FactorCheckpoint.write(file, "key", state);
    Extrapolation written = state.extrapolation().orElseThrow();
    Extrapolation read =
        FactorCheckpoint.read(file, "key").orElseThrow().extrapolation().orElseThrow();
    assertArrayEquals(written.rows(), read.rows());
    assertArrayEquals(written.columns(), read.columns());
    assertEquals(written.step(), read.step());
    assertEquals(written.lastStep(), read.lastStep());
    assertEquals(written.ceiling(), read.ceiling());
  }

  @Test
  void read_ofAnotherKeyOrNoFile_isEmpty() {
    Path file = folder.resolve("factors");
    assertTrue(FactorCheckpoint.read(file, "key").isEmpty());
    FactorCheckpoint.write(file, "key", state(4, 4));
    assertTrue(FactorCheckpoint.read(file, "other").isEmpty());
  }

  @Test
  void read_ofAFileThatIsCutOrChangedAnywhere_isEmpty() throws IOException {
    Path file = folder.resolve("factors");
    FactorCheckpoint.write(file, "key", extrapolated(4, 4));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertTrue(FactorCheckpoint.read(file, "key").isEmpty(), "cut to " + length);
    }
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertTrue(FactorCheckpoint.read(file, "key").isEmpty(), "changed at " + at);
    }
  }
}
