package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.UserError.Kind.USAGE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.UserError;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.dataset.Interactions;
import org.neuralrescore.trainer.dataset.Split;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.tune.SearchSpace;
import org.neuralrescore.trainer.tune.Trial;
import org.neuralrescore.trainer.tune.TuneBase;
import org.neuralrescore.trainer.tune.TuneOptions;
import org.neuralrescore.trainer.tune.TuneResult;
import org.neuralrescore.trainer.tune.Tuning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Chooses options on validation cases. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Chooses rank, alpha0, lambda and recency by NDCG on validation cases; the test cases are not"
          + " looked at. Successive halving (Jamieson and Talwalkar 2016; Karnin et al. 2013): many"
          + " candidates get a few sweeps, the best go on from where they stand.",
      "",
      "A search that was killed is gone on with by the same command. Its result depends on data,"
          + " space, --trials and --seed alone; --time decides how far it gets. The options of"
          + " 'train' below are the candidate to beat and what the space does not name.",
      "",
      "Example: neural-rescore tune --data ml-latest-small --work tuning --trials 27 --time 30m"
    },
    footer = {
      "",
      "Exit codes: 0 found, 2 wrong options, 3 bad input, 4 the folder holds another search."
    })
final class TuneCommand implements Callable<Integer> {
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
          "Begin no rung that would not end in this time (90s, 30m, 2h); default: no limit.")
  String time;

  @Option(names = "--eta", paramLabel = "N", description = "One in N goes on; default 3.")
  Integer eta;

  @Option(
      names = "--min-sweeps",
      paramLabel = "N",
      description = "Sweeps in the first rung; default 2.")
  Integer minSweeps;

  @Option(
      names = "--max-sweeps",
      paramLabel = "N",
      description = "Sweeps in the last rung; default 18.")
  Integer maxSweeps;

  @Option(names = "--ranks", split = ",", paramLabel = "K", description = "Default 32,64.")
  List<Integer> ranks;

  @Option(
      names = "--alpha0s",
      paramLabel = "GRID",
      description = "Values parted by commas, or LOW:HIGH:COUNT on a log grid; default 0.03:1:4.")
  String alpha0s;

  @Option(names = "--lambdas", paramLabel = "GRID", description = "Likewise; default 0.001:0.1:5.")
  String lambdas;

  @Option(
      names = "--recencies",
      split = ",",
      paramLabel = "DAYS",
      description = "Days of decay, 'none' for no decay; default none,7,30,90.")
  List<String> recencies;

  @Option(
      names = "--recency-floors",
      split = ",",
      paramLabel = "X",
      description = "What the oldest interaction still weighs; default 0.1.")
  List<Double> recencyFloors = List.of(0.1);

  @Mixin TrainingFlags training;
  @Mixin Output output;

  @Override
  public Integer call() {
    TrainingOptions base = training.resolve();
    if (!base.solver().implicit()) {
      throw new UserError(
          USAGE,
          "tune searches the space of implicit-als and ials++, got --factors "
              + base.solver().method().label());
    }
    if (base.privacy().differential().isPresent()) {
      throw new UserError(
          USAGE, "tune looks at raw interactions; --dp-epsilon belongs to train alone");
    }
    SearchSpace space;
    TuneOptions options;
    try {
      space = space();
      options = options(base);
    } catch (IllegalArgumentException e) {
      throw new UserError(USAGE, e.getMessage(), e);
    }
    Interactions interactions = data.readInteractions(data.catalogue.read());
    Split split = base.protocol().split(interactions);
    try (Workers workers = new Workers(base.threads())) {
      Tuning tuning =
          new Tuning(
              space,
              options,
              new TuneBase(base.factors(), base.foldInIterations(), base.weighting(), base.rows()),
              split.fit(),
              split.validation(),
              interactions.sha256(),
              work,
              workers,
              System::nanoTime);
      print(tuning.run(TerminalProgress.standard()), interactions, options);
    }
    return 0;
  }

  private SearchSpace space() {
    SearchSpace defaults = SearchSpace.defaults();
    List<HistoryWeighting> weightings = defaults.weightings();
    if (recencies != null || !recencyFloors.equals(List.of(0.1))) {
      weightings = new ArrayList<>();
      for (String days : recencies == null ? List.of("none", "7", "30", "90") : recencies) {
        if (days.equals("none")) {
          weightings.add(HistoryWeighting.uniform());
        } else {
          for (double floor : recencyFloors) {
            weightings.add(new HistoryWeighting(floor, number("--recencies", days)));
          }
        }
      }
    }
    return new SearchSpace(
        ranks == null ? defaults.ranks() : ranks,
        alpha0s == null ? defaults.alpha0s() : grid("--alpha0s", alpha0s),
        lambdas == null ? defaults.lambdas() : grid("--lambdas", lambdas),
        weightings);
  }

  private TuneOptions options(TrainingOptions base) {
    TuneOptions defaults = TuneOptions.defaults();
    return new TuneOptions(
        trials == null ? defaults.trials() : trials,
        eta == null ? defaults.eta() : eta,
        minSweeps == null ? defaults.minSweeps() : minSweeps,
        maxSweeps == null ? defaults.maxSweeps() : maxSweeps,
        base.cutoff(),
        Optional.ofNullable(time).map(TuneCommand::duration),
        base.seed());
  }

  private static List<Double> grid(String flag, String text) {
    String[] ends = text.split(":", -1);
    if (ends.length == 3) {
      return SearchSpace.logGrid(
          number(flag, ends[0]), number(flag, ends[1]), (int) number(flag, ends[2]));
    }
    List<Double> values = new ArrayList<>();
    for (String value : text.split(",", -1)) {
      values.add(number(flag, value));
    }
    return values;
  }

  private static double number(String flag, String text) {
    try {
      return Double.parseDouble(text.trim());
    } catch (NumberFormatException e) {
      throw new UserError(USAGE, flag + ": [" + text + "] is no number", e);
    }
  }

  private static Duration duration(String text) {
    if (text.matches("\\d{1,9}[smh]")) {
      return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
    throw new UserError(USAGE, "--time: [" + text + "] is no time; write 90s, 30m or 2h");
  }

  private void print(TuneResult result, Interactions interactions, TuneOptions options) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("data_sha256", interactions.sha256());
    json.put("metric", "ndcg@" + options.cutoff());
    json.put("ending", result.ending().name().toLowerCase(Locale.ROOT));
    json.put("run", result.run());
    json.put("resumed", result.resumed());
    json.put("flags", result.best().flags());
    json.put("trials", result.trials().stream().map(TuneCommand::json).toList());
    output.json(json);
    output.text(
        String.format(
            Locale.ROOT,
            "validation NDCG@%d with its 95 %% interval, %d candidates, the best first",
            options.cutoff(),
            result.trials().size()));
    for (Trial trial : result.trials()) {
      output.text(
          String.format(
              Locale.ROOT,
              "  %.4f [%.4f, %.4f]  HR %.4f  %s",
              trial.ndcg().mean(),
              trial.ndcg().low(),
              trial.ndcg().high(),
              trial.hitRate(),
              String.join(" ", trial.flags())));
    }
    if (result.ending() == TuneResult.Ending.TIME) {
      output.text("The time ended the search; the same command with more time goes on.");
    }
    output.text("Use: train " + String.join(" ", result.best().flags()));
  }

  private static Map<String, Object> json(Trial trial) {
    Map<String, Object> json = new LinkedHashMap<>(trial.toMap());
    json.put("flags", trial.flags());
    return json;
  }
}
