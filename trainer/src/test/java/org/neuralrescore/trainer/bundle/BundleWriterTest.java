// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.onnx.OnnxScorer;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.model.TrainedModel;

class BundleWriterTest {
  @TempDir Path root;

  private static BundleContent content(long seed) {
    BundleContent golden = GoldenBundle.content();
    Provenance from = golden.provenance();
    return new BundleContent(
        "films",
        golden.model(),
        golden.labels(),
        new Provenance(from.dataSha256(), seed, from.options(), from.versions()),
        Map.of("hr@10", 0.25, "cases", 7));
  }

  private List<String> everything() throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void write_thenOpen_givesEverythingBack() {
    BundleWriter.Written written = new BundleWriter(root).write(content(7));

    Bundle bundle = Bundle.open(written.folder());

    TrainedModel model = GoldenBundle.model();
    ModelManifest manifest = bundle.manifest();
    assertEquals("films/" + written.generation(), bundle.reference());
    assertEquals("factors_" + written.generation(), manifest.users().field());
    assertEquals("factors_" + written.generation(), manifest.itemVectors().get(0).field());
    assertEquals(model.items().asList(), bundle.items().asList());
    assertEquals(model.users().asList(), bundle.users().asList());
    assertArrayEquals(model.itemFactors().values(), bundle.itemFactors().values());
    assertArrayEquals(model.userFactors().values(), bundle.userFactors().values());
    assertArrayEquals(model.defaultUser().values(), manifest.users().fallback().toArray());
    assertEquals(4f, manifest.explanation().orElseThrow().dotScale());
    assertEquals(
        List.of("space", "heist", "romance", "animation"),
        manifest.explanation().orElseThrow().labels());
    assertEquals(7, manifest.provenance().get("seed"));
    assertEquals(0.25, manifest.metrics().get("hr@10"));
    assertEquals(Sha256.hex(bundle.stored().file(BundleFiles.MANIFEST)), bundle.stored().hash());
  }

  @Test
  void write_storesGraphsThatScoreAndEncodeAsTheModelDoes() {
    Bundle bundle = Bundle.open(new BundleWriter(root).write(content(7)).folder());
    TrainedModel model = GoldenBundle.model();
    float[] expected = new float[model.items().size()];
    float[] actual = new float[model.items().size()];

    model.scorer().score(model.userFactors().row(1), model.itemFactors().values(), expected);
    try (OnnxScorer scorer = bundle.scorer()) {
      scorer.score(bundle.userFactors().row(1), bundle.itemFactors().values(), actual);
    }

    assertArrayEquals(expected, actual, 1e-5f);
    assertTrue(bundle.checkParity() <= 1e-5);
  }

  @Test
  void write_twice_refusesAndLeavesTheFirst() throws IOException {
    BundleWriter.Written first = new BundleWriter(root).write(content(7));
    String before = BundleChecksum.of(first.folder());

    UserError error = assertThrows(UserError.class, () -> new BundleWriter(root).write(content(7)));

    assertEquals(Kind.EXISTS, error.kind());
    assertTrue(error.getMessage().contains(first.folder().toString()), error.getMessage());
    assertTrue(error.getMessage().contains("delete it"), error.getMessage());
    assertEquals(before, BundleChecksum.of(first.folder()));
  }

  @Test
  void write_intoAnotherRoot_givesTheSameBytes() {
    Path one = new BundleWriter(root.resolve("one")).write(content(7)).folder();
    Path two = new BundleWriter(root.resolve("two")).write(content(7)).folder();

    assertEquals(one.getFileName(), two.getFileName());
    assertEquals(BundleChecksum.of(one), BundleChecksum.of(two));
  }

  @Test
  void generation_changesWithEveryPartOfTheProvenance() {
    String data = "0".repeat(64);
    Provenance base = new Provenance(data, 1, Map.of("rank", 4), Map.of("neural-rescore", "1"));

    assertTrue(Generation.of(base).matches("g[0-9a-f]{12}"));
    assertEquals(
        Generation.of(base),
        Generation.of(new Provenance(data, 1, Map.of("rank", 4), Map.of("neural-rescore", "1"))));
    for (Provenance other :
        List.of(
            new Provenance("1".repeat(64), 1, base.options(), base.versions()),
            new Provenance(data, 2, base.options(), base.versions()),
            new Provenance(data, 1, Map.of("rank", 5), base.versions()),
            new Provenance(data, 1, base.options(), Map.of("neural-rescore", "2")))) {
      assertNotEquals(Generation.of(base), Generation.of(other));
    }
  }

  @Test
  void write_whenAGraphComputesSomethingElse_writesNothing() throws IOException {
    BundleWriter wrong =
        new BundleWriter(
            root,
            (weights, version) ->
                ScorerGraph.export(
                    new ScorerWeights(
                        weights.rank(),
                        weights.dotScale() * 1.01f,
                        weights.bias(),
                        weights.layers()),
                    version));

    UserError error = assertThrows(UserError.class, () -> wrong.write(content(7)));

    assertEquals(Kind.MISMATCH, error.kind());
    assertTrue(error.getMessage().contains("[scorer.onnx] gives"), error.getMessage());
    assertEquals(List.of(), everything());
  }

  @Test
  void write_whenTheFolderCannotBeMade_saysSo() throws IOException {
    Path file = Files.writeString(root.resolve("onnx-models"), "a file in the way");

    UserError error = assertThrows(UserError.class, () -> new BundleWriter(file).write(content(7)));

    assertEquals(Kind.ENVIRONMENT, error.kind());
    assertTrue(error.getMessage().contains("onnx-models"), error.getMessage());
    assertEquals(List.of("onnx-models"), everything());
  }

  @Test
  void staged_whenWritingFailsHalfWay_leavesNothing() throws IOException {
    Path target = root.resolve("films").resolve("g1");
    try (StagedFolder folder = StagedFolder.beside(target)) {
      folder.write("a", new byte[] {1});
      assertThrows(IOException.class, () -> folder.write("no/such/folder", new byte[] {1}));
    }

    assertEquals(List.of("films"), everything());
  }

  @Test
  void staged_whenAnotherRunWasFaster_leavesItsBundle() throws IOException {
    Path target = root.resolve("films").resolve("g1");
    try (StagedFolder folder = StagedFolder.beside(target)) {
      folder.write("a", new byte[] {1});
      Files.createDirectory(target);
      Files.writeString(target.resolve("mark"), "theirs");

      UserError error = assertThrows(UserError.class, () -> folder.publish("mark"));
      assertEquals(Kind.EXISTS, error.kind());
    }

    assertEquals(List.of("films", "films/g1", "films/g1/mark"), everything());
  }

  @Test
  void staged_clearsWhatAKillLeft_andNothingThatIsBeingFilled() throws IOException {
    Path target = root.resolve("films").resolve("g1");
    Files.createDirectories(root.resolve("films/.staging-g0-1"));
    Files.writeString(root.resolve("films/.staging-g0-1/users.parquet"), "half");
    Files.writeString(root.resolve("films/.staging-g0-1.lock"), "process 1\n");
    try (StagedFolder first = StagedFolder.beside(target)) {
      first.write("mark", new byte[] {1});
      try (StagedFolder second = StagedFolder.beside(target)) {
        second.write("mark", new byte[] {2});
      }
      first.publish("mark");
    }

    assertEquals(List.of("films", "films/g1", "films/g1/mark"), everything());
  }

  /** How stores say that they have no rename: Java's own type, ENOSYS, EPERM, ENOTSUP. */
  private static FileSystemException without(String how) {
    return how.isEmpty()
        ? new AtomicMoveNotSupportedException("from", "to", "no rename")
        : new FileSystemException("from", "to", how);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Function not implemented",
        "Operation not permitted",
        "Operation not supported"
      })
  void staged_onAStoreThatHasNoneOfIt_isWritten(String how) throws IOException {
    Path target = root.resolve("films").resolve("g1");
    StagedFolder.Placing store =
        new StagedFolder.Placing() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            throw without(how);
          }

          @Override
          public void copy(Path from, Path to) throws IOException {
            StagedFolder.Placing.FILES.copy(from, to);
          }

          @Override
          public void open(Path folder) throws IOException {
            throw without("Function not implemented");
          }

          @Override
          public void sync(Path folder) throws IOException {
            throw new IOException("Invalid argument");
          }
        };
    try (StagedFolder folder = StagedFolder.beside(target, store)) {
      folder.write("a", new byte[] {1});
      folder.write("mark", new byte[] {2});
      folder.publish("mark");
    }

    assertEquals(List.of("films", "films/g1", "films/g1/a", "films/g1/mark"), everything());
  }

  /** A store without a rename, which ends for good behind so many files. */
  private static StagedFolder.Placing store(int files) {
    int[] left = {files};
    return new StagedFolder.Placing() {
      @Override
      public void rename(Path from, Path to) throws IOException {
        throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "no rename");
      }

      @Override
      public void copy(Path from, Path to) throws IOException {
        if (left[0]-- == 0) {
          throw new IOException("the store is gone");
        }
        StagedFolder.Placing.FILES.copy(from, to);
      }
    };
  }

  @Test
  void staged_onAStoreWithoutRename_isWholeOnlyWithItsMark() throws IOException {
    Path target = root.resolve("films").resolve("g1");
    for (int written = 0; written < 3; written++) {
      try (StagedFolder folder = StagedFolder.beside(target, store(written))) {
        folder.write("a", new byte[] {1});
        folder.write("mark", new byte[] {2});
        folder.write("z", new byte[] {(byte) written});

        assertThrows(IOException.class, () -> folder.publish("mark"));
      }
      assertFalse(Files.exists(target.resolve("mark")), "marked after " + written);
      assertThrows(UserError.class, () -> Bundle.open(target));
    }
    try (StagedFolder folder = StagedFolder.beside(target, store(3))) {
      folder.write("a", new byte[] {1});
      folder.write("mark", new byte[] {2});
      folder.write("z", new byte[] {3});
      folder.publish("mark");
    }

    assertEquals(
        List.of("films", "films/g1", "films/g1/a", "films/g1/mark", "films/g1/z"), everything());
    assertArrayEquals(new byte[] {3}, Files.readAllBytes(target.resolve("z")));
  }

  @Test
  void write_overWhatAKilledRunLeft_makesTheBundleWhole() throws IOException {
    BundleContent content = content(7);
    Path left = new BundleWriter(root).requireAbsent("films", content.provenance());
    Files.createDirectories(left);
    Files.writeString(left.resolve("scorer.onnx"), "half");

    UserError half = assertThrows(UserError.class, () -> Bundle.open(left));
    assertTrue(half.getMessage().contains("manifest.json, which is written last"), half.toString());
    assertEquals(left, new BundleWriter(root).write(content).folder());
    assertTrue(Bundle.open(left).checkParity() < 1e-4);
  }

  @Test
  void requireAbsent_namesTheFolderToBeBeforeAnyWork() {
    BundleContent content = content(7);
    Path expected = new BundleWriter(root).requireAbsent("films", content.provenance());

    assertFalse(Files.exists(expected));
    assertEquals(expected, new BundleWriter(root).write(content).folder());
    assertThrows(
        UserError.class, () -> new BundleWriter(root).requireAbsent("films", content.provenance()));
  }

  @Test
  void content_whenTheNameIsNoName_saysWhatOneIs() {
    UserError error = assertThrows(UserError.class, () -> Generation.checkName("My Films"));

    assertEquals(Kind.USAGE, error.kind());
    assertTrue(error.getMessage().contains("[My Films]"), error.getMessage());
  }

  @Test
  void write_whenThereIsOneItemAndOneUser_stillHasParityRows() {
    TrainedModel golden = GoldenBundle.model();
    TrainedModel tiny =
        new TrainedModel(
            new Ids(List.of("u")),
            new Ids(List.of("i")),
            new FactorMatrix(1, 4, golden.userFactors().row(0)),
            new FactorMatrix(1, 4, golden.itemFactors().row(0)),
            golden.scorer(),
            golden.foldIn(),
            golden.defaultUser());
    BundleContent content =
        new BundleContent("tiny", tiny, List.of(), content(7).provenance(), Map.of());

    Bundle bundle = Bundle.open(new BundleWriter(root).write(content).folder());

    assertEquals(1, bundle.items().size());
    assertEquals(List.of(), bundle.manifest().explanation().orElseThrow().labels());
  }

  /** The golden model with a network that reads a number and a vector besides. */
  private static TrainedModel withFeatures() {
    TrainedModel golden = GoldenBundle.model();
    List<FeatureBlock> blocks =
        List.of(FeatureBlock.number("age"), FeatureBlock.vector("content", 2));
    float[] weights = new float[3 * golden.rank() + 3];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 0.1f * (i + 1);
    }
    float[] rows = new float[3 * golden.items().size()];
    for (int i = 3; i < rows.length; i++) {
      rows[i] = i;
    }
    return new TrainedModel(
        golden.users(),
        golden.items(),
        golden.userFactors(),
        golden.itemFactors(),
        new ItemFeatures(blocks, golden.items().size(), rows),
        new ScorerWeights(
            golden.rank(),
            2f,
            -1f,
            List.of(new Layer(weights.length, 1, weights, new float[] {0.5f})),
            ScorerInputs.ofFeatures(blocks)),
        golden.foldIn(),
        golden.defaultUser(),
        Optional.empty(),
        Optional.empty());
  }

  private Path writeWithFeatures() {
    return GoldenBundle.write(root, withFeatures());
  }

  @Test
  void write_featuresOfItems_thenOpen_givesInputsRowsAndParityBack() {
    Bundle bundle = Bundle.open(writeWithFeatures());
    TrainedModel model = withFeatures();
    String generation = bundle.manifest().generation();

    assertEquals(
        List.of(
            new InputSource.DocValue("age", "age_" + generation, 0f),
            new InputSource.ItemVector("content", 2, "content_" + generation)),
        bundle.stored().featureInputs());
    assertEquals(model.features().blocks(), bundle.itemFeatures().blocks());
    assertArrayEquals(model.features().rows(), bundle.itemFeatures().rows());
    assertTrue(bundle.checkParity() <= 1e-5);
    float[] expected = new float[model.items().size()];
    float[] actual = new float[expected.length];
    float[] user = model.userFactors().row(1);
    float[] items = model.itemFactors().values();
    model.scorer().score(ScorerRequest.of(user), items, model.features().rows(), expected);
    try (OnnxScorer scorer = bundle.scorer()) {
      scorer.score(ScorerRequest.of(user), items, bundle.itemFeatures().rows(), actual);
    }
    assertArrayEquals(expected, actual, 1e-4f);
  }

  @Test
  void open_featuresOfOtherItems_isAMismatch() throws IOException {
    Path folder = writeWithFeatures();
    GoldenBundle.replace(
        folder, BundleFiles.ITEM_FEATURES, Npy.write(new FactorMatrix(1, 3, new float[3])));

    UserError error = assertThrows(UserError.class, () -> Bundle.open(folder));

    assertEquals(Kind.MISMATCH, error.kind());
    assertTrue(error.getMessage().contains("item-features.npy"), error.getMessage());
  }
}
