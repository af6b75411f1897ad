// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.ManifestTable;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.model.FactorMatrix;

class BundleReaderTest {
  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void writeOne() {
    folder = new BundleWriter(root).write(GoldenBundle.content()).folder();
  }

  private void assertRefused(Kind kind, Path path, String... parts) {
    UserError error = assertThrows(UserError.class, () -> Bundle.open(path));
    assertEquals(kind, error.kind(), error.getMessage());
    assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    for (String part : parts) {
      assertTrue(error.getMessage().contains(part), error.getMessage());
    }
  }

  private void edit(String from, String to) throws IOException {
    Path manifest = folder.resolve(BundleFiles.MANIFEST);
    String text = Files.readString(manifest);
    assertTrue(text.contains(from), text);
    Files.writeString(manifest, text.replace(from, to));
  }

  @Test
  void open_ofTheModelsFolder_takesItsOneGeneration() {
    assertEquals(
        folder.getFileName().toString(),
        Bundle.open(root.resolve("golden")).manifest().generation());
  }

  @Test
  void open_ofTheModelsFolder_overlooksWhatIsStillBeingWritten() throws IOException {
    Path staging = Files.createDirectory(root.resolve("golden/.staging-g1-2"));
    Files.writeString(staging.resolve(BundleFiles.MANIFEST), "{}");

    assertEquals(folder, StoredBundle.open(root.resolve("golden")).folder());
  }

  @Test
  void open_ofTheModelsFolder_takesTheGenerationThatWasWrittenLast() throws IOException {
    BundleContent golden = GoldenBundle.content();
    Provenance from = golden.provenance();
    Path other =
        new BundleWriter(root)
            .write(
                new BundleContent(
                    "golden",
                    golden.model(),
                    golden.labels(),
                    new Provenance(from.dataSha256(), 43, from.options(), from.versions()),
                    Map.of()))
            .folder();

    for (Path newest : List.of(folder, other, folder)) {
      Path before = newest.equals(folder) ? other : folder;
      Files.setLastModifiedTime(
          before.resolve(BundleFiles.MANIFEST), FileTime.fromMillis(1_000_000));
      Files.setLastModifiedTime(
          newest.resolve(BundleFiles.MANIFEST), FileTime.fromMillis(2_000_000));
      assertEquals(newest, StoredBundle.open(root.resolve("golden")).folder());
    }
  }

  @Test
  void open_whenNothingIsThere_saysWhatMakesOne() throws IOException {
    assertRefused(Kind.INPUT, root.resolve("none"), "no bundle at", "train");
    Files.createDirectory(root.resolve("empty"));
    assertRefused(Kind.INPUT, root.resolve("empty"), "no bundle in", "manifest.json");
  }

  @Test
  void open_whenAFileWasChanged_givesBothHashes() throws IOException {
    Path file = folder.resolve("scorer.onnx");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertRefused(Kind.MISMATCH, folder, "scorer.onnx", Sha256.hex(bytes), "manifest says");
  }

  @Test
  void open_whenAFileIsMissing_namesIt() throws IOException {
    Files.delete(folder.resolve(BundleFiles.ITEM_IDS));

    assertRefused(Kind.INPUT, folder, "item-ids.txt", "is not there");
  }

  @Test
  void open_whenTheFormatIsNewer_saysBoth() throws IOException {
    edit("\"format\" : 1", "\"format\" : 2");

    assertRefused(
        Kind.MISMATCH, folder, "format expects 1, got 2", "use the version that wrote it");
  }

  @Test
  void open_whenTheManifestIsNoJson_namesIt() throws IOException {
    Files.writeString(folder.resolve(BundleFiles.MANIFEST), "{\"format\": ");

    assertRefused(Kind.INPUT, folder, "manifest.json", "is no JSON object");
  }

  @Test
  void open_whenAFieldHasAnotherType_namesItsPath() throws IOException {
    edit("\"source\" : \"item_vector\"", "\"source\" : 3");

    assertRefused(Kind.INPUT, folder, "scorer.inputs[1].source expects a text, got [3]");
  }

  @Test
  void open_whenASourceIsUnknown_listsTheKnown() throws IOException {
    edit("\"source\" : \"item_vector\"", "\"source\" : \"weather\"");

    assertRefused(Kind.INPUT, folder, "[weather]", "user_vector, item_vector");
  }

  @Test
  void open_whenTheRankIsNotTheFactors_givesBothShapes() throws IOException {
    Path file = folder.resolve(BundleFiles.ITEM_FACTORS);
    String before = Sha256.hex(Files.readAllBytes(file));
    Files.write(file, Npy.write(new FactorMatrix(12, 5, new float[60])));
    edit(before, Sha256.hex(Files.readAllBytes(file)));

    assertRefused(Kind.MISMATCH, folder, "has the shape (12, 5)", "rank 4");
  }

  /** The page of good and bad manifests is for the trainer what it is for the plugin. */
  @Test
  void open_everyRowOfTheTableOfManifests_asThePageSays() throws IOException {
    for (ManifestTable.Row row : ManifestTable.rows()) {
      Files.write(folder.resolve(BundleFiles.MANIFEST), row.bytes());
      if (row.refusal().isPresent()) {
        UserError error = assertThrows(UserError.class, () -> Bundle.open(folder), row.change());
        assertTrue(error.getMessage().contains(row.refusal().get()), error.getMessage());
      } else if (row.golden()) {
        Bundle.open(folder);
      }
    }
  }

  @Test
  void open_whenTheManifestPointsOutside_refuses() throws IOException {
    edit("\"parity.json\"", "\"../parity.json\"");

    assertRefused(Kind.INPUT, folder, "../parity.json", "own folder");
  }

  @Test
  void open_whenAnIdStandsTwice_namesBothRows() throws IOException {
    Path file = folder.resolve(BundleFiles.USER_IDS);
    String before = Sha256.hex(Files.readAllBytes(file));
    Files.writeString(file, "ada\nben\nada\n");
    edit(before, Sha256.hex(Files.readAllBytes(file)));

    assertRefused(Kind.INPUT, folder, "user-ids.txt", "[ada] stands at rows 0 and 2");
  }

  @Test
  void open_whenTheManifestLacksTheFactors_saysWhoNeedsThem() throws IOException {
    edit("\"item-factors.npy\"", "\"other.npy\"");
    Files.move(folder.resolve(BundleFiles.ITEM_FACTORS), folder.resolve("other.npy"));

    assertRefused(Kind.INPUT, folder, "lacks [item-factors.npy]", "publishing");
  }
}
