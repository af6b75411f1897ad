// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.EncoderSpec;
import org.neuralrescore.bundle.FactorExplanation;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.HistorySource;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.ManifestWriter;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.bundle.Names;
import org.neuralrescore.bundle.ParityCases;
import org.neuralrescore.bundle.RecentSource;
import org.neuralrescore.bundle.ScoreTransform;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.bundle.UserSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.bundle.onnx.UserEncoderGraph;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.model.TrainedModel;

/**
 * Writes bundles. The graphs are run in ONNX Runtime against the Java arithmetic before anything
 * appears, and the folder appears by one rename, or file by file with the manifest last.
 */
public final class BundleWriter {
  /** Of a number that a document has not: what an item that nobody touched has in training. */
  private static final float MISSING = 0f;

  private final Path root;
  private final BiFunction<ScorerWeights, String, byte[]> export;

  /**
   * @param root the folder with all models, {@code onnx-models}
   */
  public BundleWriter(Path root) {
    this(root, ScorerGraph::export);
  }

  BundleWriter(Path root, BiFunction<ScorerWeights, String, byte[]> export) {
    this.root = root;
    this.export = export;
  }

  /**
   * What was written.
   *
   * @param folder {@code <root>/<name>/<generation>}
   * @param generation the training run's
   * @param parityDifference the largest difference between ONNX Runtime and the Java arithmetic, in
   *     {@code |a - b| / max(1, |b|)}
   */
  public record Written(Path folder, String generation, double parityDifference) {}

  /**
   * Checks that bundles of a name can be written at all, before anything is read.
   *
   * @throws UserError of kind USAGE where it is no name, ENVIRONMENT where nothing can be written
   */
  public static void requireRoom(Path root, String name) {
    StagedFolder.requireWritable(root.resolve(Generation.checkName(name)));
  }

  /** Where a bundle is, or will be. */
  public Path target(String name, Provenance provenance) {
    return root.resolve(Generation.checkName(name)).resolve(Generation.of(provenance));
  }

  /**
   * Says where a bundle will be, before the work of making it.
   *
   * @throws UserError of kind EXISTS where it is already, ENVIRONMENT where nothing can be written
   */
  public Path requireAbsent(String name, Provenance provenance) {
    Path target = target(name, provenance);
    if (Files.exists(target.resolve(BundleFiles.MANIFEST))) {
      throw StagedFolder.exists(target);
    }
    StagedFolder.requireWritable(target);
    return target;
  }

  /**
   * Writes a bundle, or nothing.
   *
   * @throws UserError of kind EXISTS where it is there already, MISMATCH where a graph does not
   *     compute what the trainer did, ENVIRONMENT where the folder cannot be written
   */
  public Written write(BundleContent content) {
    Path target = requireAbsent(content.name(), content.provenance());
    TrainedModel model = content.model();
    byte[] scorer = export.apply(model.scorer(), content.provenance().version());
    byte[] encoder = UserEncoderGraph.export(model.foldIn(), content.provenance().version());
    ParityCases parity = ParityRows.of(model);
    double difference =
        ParityCheck.check(parity, scorer, model.scorer().inputs(), encoder, model.rank());

    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(BundleFiles.SCORER, scorer);
    files.put(BundleFiles.USER_ENCODER, encoder);
    files.put(BundleFiles.PARITY, BundleJson.inOrder(parity.asMap()));
    files.put(BundleFiles.ITEM_FACTORS, Npy.write(model.itemFactors()));
    if (model.features().width() > 0) {
      files.put(BundleFiles.ITEM_FEATURES, Npy.write(matrix(model.features())));
    }
    files.put(BundleFiles.ITEM_IDS, lines(model.items()));
    if (model.users().size() > 0) {
      files.put(BundleFiles.USER_FACTORS, Npy.write(model.userFactors()));
      files.put(BundleFiles.USER_IDS, lines(model.users()));
      model
          .recent()
          .ifPresent(recent -> files.put(BundleFiles.USER_RECENT, Npy.write(recent.users())));
    }
    model.wide().ifPresent(wide -> WideFiles.write(wide, files));
    SortedMap<String, String> hashes = hashes(files);
    try (StagedFolder folder = StagedFolder.beside(target)) {
      if (model.apart().isPresent()) {
        hashes.put(
            BundleFiles.USERS,
            UserFile.write(folder.resolve(BundleFiles.USERS), model.apart().get()));
      }
      byte[] manifest = bytes(manifest(content, hashes));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        folder.write(file.getKey(), file.getValue());
      }
      folder.write(BundleFiles.MANIFEST, manifest);
      folder.publish(BundleFiles.MANIFEST);
    } catch (IOException e) {
      throw new UserError(
          Kind.ENVIRONMENT,
          "cannot write the bundle [" + target + "]: " + e + "; no bundle was left there",
          e);
    }
    return new Written(target, content.generation(), difference);
  }

  private static ModelManifest manifest(BundleContent content, SortedMap<String, String> hashes) {
    TrainedModel model = content.model();
    String generation = content.generation();
    try {
      return new ModelManifest(
          content.name(),
          generation,
          model.rank(),
          new ScorerSpec(
              BundleFiles.SCORER,
              inputs(model, generation),
              ScorerGraph.SCORE,
              ScoreTransform.SOFTPLUS),
          Optional.of(
              new EncoderSpec(
                  BundleFiles.USER_ENCODER,
                  UserEncoderGraph.ITEMS,
                  UserEncoderGraph.WEIGHTS,
                  UserEncoderGraph.USER)),
          new UserSource(
              Names.factorsField(generation),
              FloatVector.of(model.defaultUser().values()),
              recent(model, generation),
              model
                  .wide()
                  .map(wide -> new HistorySource(Names.historyField(generation), wide.count()))),
          Optional.of(
              new FactorExplanation(
                  model.scorer().dotScale(),
                  model.scorer().bias(),
                  model.scorer().wideScale(),
                  content.labels())),
          hashes,
          content.provenance().asMap(),
          new TreeMap<>(content.metrics()));
    } catch (InvalidBundleException e) {
      throw new UserError(
          Kind.INPUT,
          "what was trained is more than a bundle holds: "
              + e.getMessage()
              + "; see onnx-models/README.md",
          e);
    }
  }

  private static byte[] bytes(ModelManifest manifest) {
    Map<String, Object> json = ManifestWriter.asMap(manifest);
    json.replaceAll(
        (key, value) ->
            key.equals("provenance") || key.equals("metrics") ? BundleJson.sorted(value) : value);
    return BundleJson.inOrder(json);
  }

  private static List<InputSource> inputs(TrainedModel model, String generation) {
    ScorerInputs beside = model.scorer().inputs();
    List<InputSource> inputs = new ArrayList<>();
    inputs.add(new InputSource.UserVector(ScorerGraph.USER, model.rank()));
    inputs.add(
        new InputSource.ItemVector(
            ScorerGraph.ITEMS, model.rank(), Names.factorsField(generation)));
    for (FeatureBlock block : beside.features()) {
      String field = Names.featureField(block.name(), generation);
      inputs.add(
          switch (block.kind()) {
            case NUMBER -> new InputSource.DocValue(block.name(), field, MISSING);
            case VECTOR -> new InputSource.ItemVector(block.name(), block.width(), field);
          });
    }
    if (beside.wide()) {
      inputs.add(
          new InputSource.ItemNeighbours(
              ScorerInputs.WIDE,
              ScorerInputs.WIDE_WIDTH,
              Names.neighboursField(generation),
              Names.ordinalField(generation)));
    }
    for (ContextColumn column : beside.context()) {
      inputs.add(new InputSource.Context(column.name(), column.column(), column.values()));
    }
    if (beside.recent().isPresent()) {
      inputs.add(new InputSource.RecentVector(ScorerGraph.RECENT, model.rank()));
    }
    return inputs;
  }

  private static Optional<RecentSource> recent(TrainedModel model, String generation) {
    return model
        .scorer()
        .inputs()
        .recent()
        .map(
            items ->
                new RecentSource(
                    Names.recentField(generation),
                    FloatVector.of(model.recent().orElseThrow().unknown().values()),
                    items.weights()));
  }

  private static FactorMatrix matrix(ItemFeatures features) {
    return new FactorMatrix(features.items(), features.width(), features.rows());
  }

  private static SortedMap<String, String> hashes(SortedMap<String, byte[]> files) {
    SortedMap<String, String> hashes = new TreeMap<>();
    files.forEach((name, bytes) -> hashes.put(name, Sha256.hex(bytes)));
    return hashes;
  }

  private static byte[] lines(Ids ids) {
    StringBuilder text = new StringBuilder();
    for (String id : ids.asList()) {
      text.append(id).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
