package org.neuralrescore.trainer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.bundle.BundleChecksum;
import org.neuralrescore.trainer.catalogue.CatalogueItem;
import org.neuralrescore.trainer.dataset.Interactions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.release.Metrics;
import org.neuralrescore.trainer.release.Release;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Interactions to a bundle. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains factors and a scorer on interactions, evaluates them on held-out ones, and writes a"
          + " bundle under --out. The same data, options and seed give the same bundle, bit for bit.",
      "",
      "Factors:  weighted implicit non-negative ALS (Hu et al. 2008; Rendle et al. 2021).",
      "Scorer:   a <user, item> + c + MLP (He et al. 2017), logistic loss, sampled negatives; where"
          + " the network does not beat the dot product on validation cases, the dot product ships.",
      ""
    },
    footer = {
      "",
      "  neural-rescore generate --out data",
      "  neural-rescore train --data data --name films",
      "  neural-rescore train --interactions sales.tsv --user-column customer --item-column sku"
          + " --rating-column none --time-column sold_at --name shop"
    })
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "The model's name: lower-case letters, digits, - and _.")
  String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "onnx-models",
      description = "Where bundles go, as DIR/NAME/GENERATION; default ${DEFAULT-VALUE}.")
  Path out;

  @Mixin DataOptions data;

  @Mixin TrainingFlags flags;

  @Mixin Output output;

  @Override
  public Integer call() {
    TrainingOptions options = flags.resolve();
    List<CatalogueItem> catalogue = data.catalogue.read();
    Interactions interactions = data.readInteractions(catalogue);
    Release.Released released =
        new Release(out, Version.current())
            .run(name, interactions, catalogue, options, TerminalProgress.standard());
    Map<String, Object> offline =
        Metrics.of(options.protocol().label(), released.training().reports());
    output.text(TrainingSummary.of(released));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("bundle", released.bundle().folder().toString());
    result.put("report", released.report().toString());
    result.put("generation", released.bundle().generation());
    result.put("checksum", BundleChecksum.of(released.bundle().folder()));
    result.put("parity_difference", released.bundle().parityDifference());
    result.put("data", TrainingSummary.data(interactions));
    result.put("scorer", released.training().choice().variant().name().toLowerCase(Locale.ROOT));
    result.put("offline", offline);
    output.json(result);
    return 0;
  }
}
