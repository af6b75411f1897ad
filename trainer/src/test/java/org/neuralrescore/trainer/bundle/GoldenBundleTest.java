// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins the format: a change of a byte of what this writes is a change of the contract. */
class GoldenBundleTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("neuralrescore.root"), "onnx-models", "golden");

  @TempDir Path folder;

  @Test
  void write_givesTheGoldenBundleToTheByte() throws IOException {
    BundleWriter.Written written = new BundleWriter(folder).write(GoldenBundle.content());
    Path golden = GOLDEN.resolve(written.generation());

    List<String> names = names(golden);
    assertEquals(names, names(written.folder()));
    for (String name : names) {
      assertArrayEquals(
          Files.readAllBytes(golden.resolve(name)),
          Files.readAllBytes(written.folder().resolve(name)),
          name);
    }
    assertEquals(BundleChecksum.of(golden), BundleChecksum.of(written.folder()));
  }

  @Test
  void open_readsTheGoldenBundleAndItsGraphsReproduceItsParityRows() {
    Bundle bundle = Bundle.open(GOLDEN);

    assertEquals(4, bundle.manifest().rank());
    assertEquals("film-12", bundle.items().get(11));
    assertTrue(bundle.itemFactors().isZero(11));
    assertArrayEquals(GoldenBundle.model().userFactors().values(), bundle.userFactors().values());
    assertTrue(bundle.checkParity() < 1e-6);
  }

  @Test
  void stored_givesRowByRowWhatIsLoaded() {
    Bundle bundle = Bundle.open(GOLDEN);
    StoredBundle stored = StoredBundle.open(GOLDEN);

    assertEquals(bundle.items().asList(), stored.items().all().toList());
    assertEquals(bundle.users().asList(), stored.users().all().toList());
    for (int row = 0; row < bundle.items().size(); row++) {
      assertArrayEquals(bundle.itemFactors().row(row), stored.itemFactors().row(row));
      assertEquals(bundle.itemFactors().isZero(row), stored.itemFactors().isZero(row));
    }
    for (int row = 0; row < bundle.users().size(); row++) {
      assertArrayEquals(bundle.userFactors().row(row), stored.userFactors().row(row));
    }
    assertEquals(0, stored.userRecent().rows());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
