// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.data.split.SplitProtocol;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.tune.Axis;
import org.neuralrescore.trainer.tune.FailedTrial;
import org.neuralrescore.trainer.tune.SearchSpace;
import org.neuralrescore.trainer.tune.Trial;
import org.neuralrescore.trainer.tune.TuneOptions;
import org.neuralrescore.trainer.tune.TuneResult;
import org.neuralrescore.trainer.tune.Tuning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Chooses options on validation cases. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Chooses options of 'train' by NDCG on validation cases; the test cases are not looked at."
          + " Successive halving (Jamieson and Talwalkar 2016; Karnin et al. 2013): many candidates"
          + " get a few sweeps, the best go on from where they stand.",
      "",
      "The options below that 'train' has, too, are the candidate to beat, and stay as they are"
          + " where the space does not name them: --factors says which method is tuned. Every"
          + " method has a space of its own by default, rank in all and recency where the data has"
          + " times, and beside them alpha0 and lambda of implicit-als; l1 and l2 of nmf;"
          + " neighbours and neighbour-lambda of neighbours; neighbour-lambda, temperature and"
          + " factor-rate of distilled and transitions; mask, shrinkage and factor-rate of"
          + " session-softmax. --space changes it, a value or more of an option at a time; one"
          + " value leaves nothing to choose.",
      "",
      "Candidates are judged by the dot product of their factors. Where --space names hidden,"
          + " learning-rate, weight-decay or negatives, each trains a network and is judged by"
          + " that.",
      "",
      "A search that was killed is gone on with by the same command. Its result depends on data,"
          + " space, --trials and --seed alone; --time decides how far it gets. A candidate that"
          + " fails, for it needs more memory than there is, is told and goes no further. Another"
          + " build begins anew, since its figures may differ.",
      "",
      "Examples:",
      "  neural-rescore tune --data ml-latest-small --work tuning --trials 27 --time 30m",
      "  neural-rescore tune --data ml-latest-small --work tuning-distilled --factors distilled \\",
      "    --space rank=64 --space temperature=0.01:0.1:4 --space recency=none,7,30/0.05",
      "  neural-rescore tune --data ml-latest-small --work tuning-network --space rank=64 \\",
      "    --space hidden=none,32,64x32 --space learning-rate=0.0003,0.001"
    },
    footer = {
      "",
      "Exit codes: 0 found; 2 wrong options; 3 bad input; 4 the folder holds another search; 7 no"
          + " place to write; 9 another run is at work in the folder. 'neural-rescore --help' has"
          + " them all."
    })
final class TuneCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin DataOptions data;

  @Option(
      names = "--work",
      required = true,
      paramLabel = "DIR",
      description = "Keeps trials.jsonl and the survivors' factors; the same command goes on.")
  Path work;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Candidates in the first rung; default 27.")
  Integer trials;

  @Option(
      names = "--time",
      paramLabel = "30m",
      description =
          "Begin no rung, and of the first no candidate, that would not end in this time (90s, 30m,"
              + " 2h); default: no limit.")
  String time;

  @Option(names = "--eta", paramLabel = "N", description = "One in N goes on; default 3.")
  Integer eta;

  @Option(
      names = "--min-sweeps",
      paramLabel = "N",
      description = "Sweeps in the first rung; default a ninth of --max-sweeps.")
  Integer minSweeps;

  @Option(
      names = "--max-sweeps",
      paramLabel = "N",
      description =
          "Sweeps or epochs in the last rung; default 18, and what 'train' does by default for"
              + " other factors than implicit-als.")
  Integer maxSweeps;

  @Option(
      names = "--space",
      paramLabel = "NAME=VALUES",
      description =
          "Values of an option, as often as there are options: parted by commas, or LOW:HIGH:COUNT"
              + " on a log grid. NAME is an option of 'train' without its dashes; recency takes"
              + " none, or days of decay with a floor, 30/0.1; hidden takes widths, 64x32, or"
              + " none.")
  Map<String, String> space = Map.of();

  @Mixin TrainingFlags training;
  @Mixin ProjectFlag project;

  @Mixin Output output;

  @Override
  public Integer call() {
    TrainingOptions base = training.resolve();
    data.requireOneSplit(training.protocol);
    if (base.privacy().differential().isPresent()) {
      throw new UserError(
          USAGE, "tune looks at raw interactions; --dp-epsilon belongs to train alone");
    }
    if (!base.wide().isEmpty()) {
      throw new UserError(
          USAGE, "tune judges factors, and networks over them alone; --wide belongs to train");
    }
    if (!base.features().isNone()) {
      throw new UserError(
          USAGE,
          "tune judges factors, and networks over them alone; --features and --recent belong to"
              + " train");
    }
    TuneSpace asked;
    TuneOptions options;
    try {
      asked = TuneSpace.of(base, space);
      options = options(base);
    } catch (IllegalArgumentException e) {
      throw new UserError(USAGE, e.getMessage(), e);
    }
    if (!base.protocol().holdsOut()) {
      throw new UserError(
          USAGE, "tune chooses on held-out cases, and --protocol none has none; choose another");
    }
    Interactions interactions = data.readInteractions(data.readCatalogue());
    SplitProtocol protocol = data.split().orElse(base.protocol());
    SearchSpace searched = asked.on(interactions, base);
    Split whole = protocol.split(interactions);
    Split split = whole.withAffordableValidation(base.seed());
    String cut = interactions.sha256() + " " + protocol.label();
    if (split.validation().size() < whole.validation().size()) {
      output.text(
          String.format(
              Locale.ROOT,
              "candidates rank %,d of %,d validation cases, drawn with the seed",
              split.validation().size(),
              whole.validation().size()));
      cut += " " + split.validation().size() + " validation cases";
    }
    try (Workers workers = new Workers(base.threads())) {
      Tuning tuning = tuning(searched, options, base, split, cut, workers);
      Flags flags = new Flags(given(searched), OverProject.alike(spec), options.maxSweeps());
      print(tuning.run(TerminalProgress.standard()), interactions, options.cutoff(), flags);
    }
    return 0;
  }

  private Tuning tuning(
      SearchSpace searched,
      TuneOptions options,
      TrainingOptions base,
      Split split,
      String cut,
      Workers workers) {
    try {
      return new Tuning(
          searched,
          options,
          TuneSpace.trial(base),
          split.fit(),
          split.validation(),
          cut,
          work,
          workers,
          System::nanoTime);
    } catch (IllegalArgumentException e) {
      throw new UserError(USAGE, "--space: " + e.getMessage(), e);
    }
  }

  private TuneOptions options(TrainingOptions base) {
    TuneOptions defaults = TuneOptions.defaults();
    int most = maxSweeps != null ? maxSweeps : base.factors().searchSweeps();
    return new TuneOptions(
        trials == null ? defaults.trials() : trials,
        eta == null ? defaults.eta() : eta,
        minSweeps == null ? (most + 8) / 9 : minSweeps,
        most,
        base.cutoff(),
        Optional.ofNullable(time).map(text -> TimeText.duration("--time", text)),
        base.seed());
  }

  /** What the space leaves as it was given. */
  private List<String> given(SearchSpace searched) {
    Set<String> chosen = new TreeSet<>(List.of("--threads", "--sweeps"));
    for (Axis axis : searched.axes().keySet()) {
      chosen.add("--" + axis.label());
      if (axis.equals(Axis.RECENCY)) {
        chosen.addAll(List.of("--recency-days", "--recency-floor"));
      }
      if (axis.label().equals("hidden")) {
        chosen.add("--no-network");
      }
    }
    return GivenFlags.of(spec, "training", chosen);
  }

  private void print(TuneResult result, Interactions interactions, int cutoff, Flags flags) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("data_sha256", interactions.sha256());
    json.put("metric", "ndcg@" + cutoff);
    json.put("ending", result.ending().name().toLowerCase(Locale.ROOT));
    json.put("run", result.run());
    json.put("resumed", result.resumed());
    json.put("untried", result.untried());
    json.put("flags", flags.of(result.best()));
    json.put("trials", result.trials().stream().map(flags::json).toList());
    json.put("failed", result.failed().stream().map(FailedTrial::toMap).toList());
    output.json(json);
    output.text(
        String.format(
            Locale.ROOT,
            "validation NDCG@%d with its 95 %% interval, %d candidates, the best first",
            cutoff,
            result.trials().size()));
    for (Trial trial : result.trials()) {
      output.text(
          String.format(
              Locale.ROOT,
              "  %.4f [%.4f, %.4f]  HR %.4f  after %d of %d sweeps: %s",
              trial.ndcg().mean(),
              trial.ndcg().low(),
              trial.ndcg().high(),
              trial.hitRate(),
              trial.sweeps(),
              flags.allSweeps(),
              String.join(" ", flags.of(trial))));
    }
    for (FailedTrial failed : result.failed()) {
      output.text(
          "  failed: " + String.join(" ", failed.candidate().flags()) + ": " + failed.reason());
    }
    if (result.ending() == TuneResult.Ending.TIME) {
      output.text(
          "The time ended the search"
              + (result.untried() == 0
                  ? ""
                  : " and left " + result.untried() + " candidates untried")
              + "; the same command with more time goes on.");
    }
    output.text("Use: train " + String.join(" ", flags.of(result.best())));
  }

  /** Flags of {@code train}: those that the space leaves as they were given, and a trial's. */
  private record Flags(List<String> given, List<String> alike, int allSweeps) {
    List<String> of(Trial trial) {
      List<String> flags = new ArrayList<>(given);
      flags.addAll(trial.flags(allSweeps));
      if (trial.candidate().plain()) {
        TrainingFlags.removeWhatIsOfTheNetwork(flags);
      }
      flags.addAll(trial.candidate().alike() ? alike : List.of());
      return flags;
    }

    Map<String, Object> json(Trial trial) {
      Map<String, Object> json = new LinkedHashMap<>(trial.toMap());
      json.put("flags", of(trial));
      return json;
    }
  }
}
