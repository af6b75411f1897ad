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
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.Manifest.Encoder;
import org.neuralrescore.trainer.bundle.Manifest.Explanation;
import org.neuralrescore.trainer.bundle.Manifest.Input;
import org.neuralrescore.trainer.bundle.Manifest.Recent;
import org.neuralrescore.trainer.bundle.Manifest.Scorer;
import org.neuralrescore.trainer.bundle.Manifest.Source;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.bundle.onnx.UserEncoderGraph;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.model.TrainedModel;

/**
 * Writes bundles. The graphs are run in ONNX Runtime against the Java arithmetic before anything
 * appears, and the folder appears by one rename.
 */
public final class BundleWriter {
  private static final String SCORER = "scorer.onnx";

  /** Of a number that a document has not: what an item that nobody touched has in training. */
  private static final float MISSING = 0f;

  private static final String ENCODER = "user-encoder.onnx";

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
   * Says where a bundle will be, before the work of making it.
   *
   * @throws UserError of kind EXISTS where it is already, ENVIRONMENT where nothing can be written
   */
  public Path requireAbsent(String name, Provenance provenance) {
    Path target = root.resolve(Generation.checkName(name)).resolve(Generation.of(provenance));
    if (Files.exists(target)) {
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
    Parity parity = ParityRows.of(model);
    double difference =
        ParityCheck.check(parity, scorer, model.scorer().inputs(), encoder, model.rank());

    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(SCORER, scorer);
    files.put(ENCODER, encoder);
    files.put(Manifest.PARITY, ParityJson.write(parity, model.rank(), model.scorer().inputs()));
    files.put(Manifest.ITEM_FACTORS, Npy.write(model.itemFactors()));
    if (model.features().width() > 0) {
      files.put(Manifest.ITEM_FEATURES, Npy.write(matrix(model.features())));
    }
    files.put(Manifest.ITEM_IDS, lines(model.items()));
    if (model.users().size() > 0) {
      files.put(Manifest.USER_FACTORS, Npy.write(model.userFactors()));
      files.put(Manifest.USER_IDS, lines(model.users()));
      model
          .recent()
          .ifPresent(recent -> files.put(Manifest.USER_RECENT, Npy.write(recent.users())));
    }
    byte[] manifest = ManifestJson.write(manifest(content, hashes(files)));
    try (StagedFolder folder = StagedFolder.beside(target)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        folder.write(file.getKey(), file.getValue());
      }
      folder.write(Manifest.FILE, manifest);
      folder.publish();
    } catch (IOException e) {
      throw new UserError(
          Kind.ENVIRONMENT,
          "cannot write the bundle [" + target + "]: " + e + "; nothing was left there",
          e);
    }
    return new Written(target, content.generation(), difference);
  }

  private static Manifest manifest(BundleContent content, SortedMap<String, String> hashes) {
    TrainedModel model = content.model();
    String field = Generation.field(content.generation());
    return new Manifest(
        content.name(),
        content.generation(),
        model.rank(),
        new Scorer(SCORER, inputs(model, content.generation()), ScorerGraph.SCORE, "softplus"),
        Optional.of(
            new Encoder(
                ENCODER, UserEncoderGraph.ITEMS, UserEncoderGraph.WEIGHTS, UserEncoderGraph.USER)),
        field,
        model.defaultUser(),
        recent(model, content.generation()),
        Optional.of(
            new Explanation(model.scorer().dotScale(), model.scorer().bias(), content.labels())),
        hashes,
        content.provenance().asMap(),
        content.metrics());
  }

  private static List<Input> inputs(TrainedModel model, String generation) {
    List<Input> inputs = new ArrayList<>();
    inputs.add(new Input(ScorerGraph.USER, Source.USER_VECTOR, model.rank(), Optional.empty()));
    inputs.add(
        new Input(
            ScorerGraph.ITEMS,
            Source.ITEM_VECTOR,
            model.rank(),
            Optional.of(Generation.field(generation))));
    for (FeatureBlock block : model.scorer().inputs().features()) {
      Optional<String> field = Optional.of(Generation.featureField(block.name(), generation));
      inputs.add(
          switch (block.kind()) {
            case NUMBER ->
                new Input(block.name(), Source.DOC_VALUE, 1, field, Optional.of(MISSING));
            case VECTOR -> new Input(block.name(), Source.ITEM_VECTOR, block.width(), field);
          });
    }
    model.scorer().inputs().context().forEach(column -> inputs.add(new Input(column)));
    if (model.recent().isPresent()) {
      inputs.add(
          new Input(ScorerGraph.RECENT, Source.RECENT_VECTOR, model.rank(), Optional.empty()));
    }
    return inputs;
  }

  private static Optional<Recent> recent(TrainedModel model, String generation) {
    return model
        .scorer()
        .inputs()
        .recent()
        .map(
            items ->
                new Recent(
                    Generation.recentField(generation),
                    items,
                    model.recent().orElseThrow().unknown()));
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
