// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.base.Build;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.BundleContent;
import org.neuralrescore.trainer.bundle.BundleWriter;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.eval.RankingSurvey;
import org.neuralrescore.trainer.eval.Scoreboard;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.factors.privacy.GaussianNoise;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.pipeline.BaselineRun;
import org.neuralrescore.trainer.pipeline.CombinationOptions;
import org.neuralrescore.trainer.pipeline.CombinationResult;
import org.neuralrescore.trainer.pipeline.Combinations;
import org.neuralrescore.trainer.pipeline.DataDemands;
import org.neuralrescore.trainer.pipeline.ItemKnowledge;
import org.neuralrescore.trainer.pipeline.MeasuredBaseline;
import org.neuralrescore.trainer.pipeline.PrivacyOptions;
import org.neuralrescore.trainer.pipeline.Training;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.pipeline.TrainingResult;
import org.neuralrescore.trainer.release.report.HtmlReport;
import org.neuralrescore.trainer.release.report.Report.Chapter;

/**
 * Trains and writes the bundle, then its verdict and its page. The bundle's name is known before
 * the work begins, so a run whose result is there already stops at once; where a run was stopped
 * behind the bundle, the same one is trained again and judged.
 */
public final class Release {
  private final BundleWriter writer;
  private final String version;
  private final List<Baseline> baselines;
  private final List<Chapter> told;

  /**
   * Releases into one folder.
   *
   * @param bundles {@code onnx-models}
   * @param version of this software, for the provenance
   * @param baselines that the report has beside the model, the dot product and popularity; they
   *     change nothing in the bundle
   */
  public Release(Path bundles, String version, List<Baseline> baselines) {
    this(new BundleWriter(bundles), version, List.copyOf(baselines), List.of());
  }

  private Release(
      BundleWriter writer, String version, List<Baseline> baselines, List<Chapter> told) {
    this.writer = writer;
    this.version = version;
    this.baselines = baselines;
    this.told = told;
  }

  /** The same with a chapter at the end of the page: what was done before the run. */
  public Release telling(Chapter chapter) {
    return new Release(writer, version, baselines, List.of(chapter));
  }

  /** As above, without further baselines. */
  public Release(Path bundles, String version) {
    this(bundles, version, List.of());
  }

  /**
   * What was made.
   *
   * @param training the run
   * @param scoreboard what it is worth beside the baselines
   * @param baselines what histories weighed for each baseline among these
   * @param judgement what that comes to
   * @param bundle where it lies
   * @param report the run told as a page, beside the bundle
   * @param stood whether the bundle was there and the run was for its verdict and page alone
   */
  public record Released(
      TrainingResult training,
      Scoreboard scoreboard,
      List<MeasuredBaseline> baselines,
      Judgement judgement,
      BundleWriter.Written bundle,
      Path report,
      boolean stood) {}

  /**
   * Trains on all data and writes the bundle.
   *
   * @param name of the model
   * @throws org.neuralrescore.trainer.base.UserError of kind EXISTS, before any work, where the
   *     bundle is there and was judged
   */
  public Released run(
      String name,
      Interactions data,
      List<CatalogueItem> catalogue,
      TrainingOptions options,
      Progress progress) {
    return run(name, data, catalogue, options, Lineage.none(), progress);
  }

  /** As above, going on from an earlier generation. */
  public Released run(
      String name,
      Interactions data,
      List<CatalogueItem> catalogue,
      TrainingOptions options,
      Lineage lineage,
      Progress progress) {
    DataDemands.require(data, options);
    return release(
        name,
        catalogue,
        provenance(data, catalogue, options, lineage),
        options,
        lineage,
        progress,
        () ->
            new Trained(
                Training.run(
                    data,
                    options,
                    content(data, catalogue, options),
                    lineage.factorisation(),
                    progress),
                Optional.empty()));
  }

  /**
   * Compares methods on validation cases and releases the one that wins.
   *
   * @param variants gets every variant's figures once they are known
   */
  public Released run(
      String name,
      Interactions data,
      List<CatalogueItem> catalogue,
      CombinationOptions options,
      ItemKnowledge knowledge,
      Consumer<CombinationResult> variants,
      Progress progress) {
    DataDemands.require(data, options.training());
    Provenance provenance = provenance(data, catalogue, options);
    return release(
        name,
        catalogue,
        provenance,
        options.training(),
        Lineage.none(),
        progress,
        () -> {
          CombinationResult result = Combinations.run(data, options, knowledge, progress);
          variants.accept(result);
          return new Trained(result.training(), Optional.of(result));
        });
  }

  private static Optional<ItemContent> content(
      Interactions data, List<CatalogueItem> catalogue, TrainingOptions options) {
    return options.features().wantContent()
        ? new ContentSource(options.features().contentVectors(), catalogue).of(data.items())
        : Optional.empty();
  }

  /** A run with the methods that were compared on the way, where there were any. */
  private record Trained(TrainingResult result, Optional<CombinationResult> compared) {}

  private Released release(
      String name,
      List<CatalogueItem> catalogue,
      Provenance provenance,
      TrainingOptions options,
      Lineage lineage,
      Progress progress,
      Supplier<Trained> training) {
    Path target = writer.target(name, provenance);
    Path page = page(target);
    boolean stands =
        options.protocol().holdsOut()
            && Files.exists(target.resolve(BundleFiles.MANIFEST))
            && !Files.exists(page);
    if (!stands) {
      writer.requireAbsent(name, provenance);
    }
    Trained trained = training.get();
    TrainingResult result = trained.result();
    List<String> labels = lineage.labels(result.model(), catalogue);
    // Figures of raw interactions are no part of what was promised.
    Map<String, Object> metrics =
        options.privacy().differential().isPresent() || !options.protocol().holdsOut()
            ? Map.of()
            : Metrics.of(options.protocol().label(), result.reports());
    TrainedModel shipped =
        options.privacy().userVectors() == PrivacyOptions.UserVectors.FOLDED_IN
            ? result.model().withoutUsers()
            : result.model();
    // The model before its baselines, which may take longer than it did: who stops the run there
    // keeps what it made.
    BundleWriter.Written bundle =
        stands
            ? standing(target)
            : writer.write(new BundleContent(name, shipped, labels, provenance, metrics));
    List<MeasuredBaseline> beside =
        options.protocol().holdsOut()
            ? BaselineRun.run(result.data(), options, baselines, progress)
            : List.of();
    Scoreboard scoreboard = scoreboard(result, beside, options, progress);
    Judgement judgement =
        Judgement.of(scoreboard, result.model().itemFactors(), result.choice().variant());
    judgement.verdict().ifPresent(verdict -> VerdictFile.write(bundle.folder(), verdict));
    // Beside the bundle, not in it: a page may be told better one day; a bundle stays what it is.
    HtmlReport.write(
        page,
        new RunReport(
                result,
                scoreboard,
                beside,
                judgement,
                options.protocol().label(),
                provenance,
                catalogue,
                trained.compared(),
                told)
            .of(name + "/" + target.getFileName()));
    return new Released(result, scoreboard, beside, judgement, bundle, page, stands);
  }

  /** Where the page of a bundle is: it is the last that a run writes. */
  public static Path page(Path bundle) {
    return bundle.resolveSibling(bundle.getFileName() + ".html");
  }

  /** The same provenance is the same bundle, byte for byte: what lies there whole stays. */
  private static BundleWriter.Written standing(Path target) {
    StoredBundle stored = StoredBundle.open(target);
    return new BundleWriter.Written(target, stored.manifest().generation(), stored.checkParity());
  }

  private static Scoreboard scoreboard(
      TrainingResult result,
      List<MeasuredBaseline> beside,
      TrainingOptions options,
      Progress progress) {
    if (!options.protocol().holdsOut()) {
      return new Scoreboard(List.of());
    }
    List<RankingSurvey> surveys = new ArrayList<>(result.surveys());
    beside.forEach(one -> surveys.add(one.survey()));
    return Scoreboard.of(surveys, options.seed(), progress);
  }

  /** All that decides a bundle's bytes, and so its generation, before the work of making it. */
  public Provenance provenance(
      Interactions data, List<CatalogueItem> catalogue, TrainingOptions options, Lineage lineage) {
    Map<String, Object> all = new TreeMap<>(OptionMap.of(options));
    all.putAll(lineage.provenance());
    // Titles name the factors, so they decide bytes of the bundle too.
    all.put("catalogue_sha256", hash(catalogue));
    if (options.features().wantContent()) {
      all.put("content_sha256", contentHash(options, catalogue));
    }
    // Of private data not even a hash may ship: who knows all but one user could try that one.
    String hash =
        options
            .privacy()
            .differential()
            .map(p -> GaussianNoise.veiled(data.sha256(), p.secret()))
            .orElse(data.sha256());
    return new Provenance(
        hash,
        options.seed(),
        Optional.of(OptionMap.trained(options, data.summary().reading())),
        all,
        Map.of("neural-rescore", version, "build", Build.id()));
  }

  /** Of methods that are compared: what any of them reads decides which ships. */
  Provenance provenance(
      Interactions data, List<CatalogueItem> catalogue, CombinationOptions options) {
    Provenance plain = provenance(data, catalogue, options.training(), Lineage.none());
    Map<String, Object> all = new TreeMap<>(plain.options());
    all.putAll(OptionMap.methods(options));
    Set<Method> methods = options.methods();
    if (options.training().features().contentVectors().isPresent()
        || methods.contains(Method.TRANSFER)) {
      all.put("content_sha256", contentHash(options.training(), catalogue));
    }
    if (methods.contains(Method.MULTITASK)) {
      all.put("categories_sha256", categoriesHash(catalogue));
    }
    return new Provenance(plain.dataSha256(), plain.seed(), plain.trained(), all, plain.versions());
  }

  private static String contentHash(TrainingOptions options, List<CatalogueItem> catalogue) {
    return new ContentSource(options.features().contentVectors(), catalogue).sha256();
  }

  /** Of what the multi-task method learns beside who touched what. */
  private static String categoriesHash(List<CatalogueItem> catalogue) {
    StringBuilder all = new StringBuilder();
    for (CatalogueItem item : catalogue) {
      all.append(item.id()).append('\0');
      item.categories().forEach(category -> all.append(category).append('\0'));
      all.append('\0');
    }
    return Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(List<CatalogueItem> catalogue) {
    StringBuilder all = new StringBuilder();
    for (CatalogueItem item : catalogue) {
      all.append(item.id()).append('\0').append(item.title()).append('\0');
    }
    return Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8));
  }
}
