// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.EvaluationSet;

/**
 * Successive halving (Karnin, Koren and Somekh 2013; for losses that shrink with a resource,
 * Jamieson and Talwalkar 2016): the resource is sweeps of the factorisation, a candidate that
 * survives goes on from its factors, and the judge is NDCG over all unseen items on the validation
 * cases. What is found depends on data, space, budget and seed alone; a run that was killed is gone
 * on with by the same call and finds the same.
 */
public final class Tuning {
  private final SearchSpace space;
  private final TuneOptions options;
  private final TrialRunner runner;
  private final List<Candidate> candidates;
  private final TrialLog log;
  private final LongSupplier nanos;

  /**
   * Prepares a search.
   *
   * @param base the candidate to beat, and every option that the space does not name
   * @param fit what may be learned from
   * @param validation cases to judge by, none of them in {@code fit}
   * @param cut of which data both were cut, and how: what no other cut has
   * @param folder keeps {@code trials.jsonl} and the survivors' factors; made where it is not there
   * @param workers stay the caller's
   * @param nanos a clock that never goes back
   * @throws IllegalArgumentException where the space names what the base's method does not take
   * @throws UserError of kind EXISTS where the folder holds another search
   */
  public Tuning(
      SearchSpace space,
      TuneOptions options,
      TrialOptions base,
      Histories fit,
      EvaluationSet validation,
      String cut,
      Path folder,
      Workers workers,
      LongSupplier nanos) {
    this.space = space;
    this.options = options;
    this.nanos = nanos;
    space.check(base);
    Set<Candidate> drawn = new LinkedHashSet<>();
    drawn.add(space.of(base));
    drawn.addAll(space.draw(options.trials(), options.seed()));
    candidates = drawn.stream().limit(options.trials()).toList();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.INPUT, folder + ": cannot be made (" + e.getMessage() + ")", e);
    }
    String search = search(base, cut);
    log = new TrialLog(folder.resolve("trials.jsonl"), search, candidates);
    runner =
        new TrialRunner(base, options, space.ofScorer(), fit, validation, search, folder, workers);
  }

  /** All that decides what is found; the time is not part of it. */
  private String search(TrialOptions base, String cut) {
    return cut
        + " "
        + space
        + " "
        + List.of(
            options.trials(),
            options.eta(),
            options.minSweeps(),
            options.maxSweeps(),
            options.cutoff(),
            options.seed())
        + " "
        + base;
  }

  /** Searches, or goes on with a search. */
  public TuneResult run(Progress progress) {
    List<TuneOptions.Rung> rungs = options.rungs(candidates.size());
    Budget budget = new Budget(options.time(), nanos);
    Map<Integer, Trial> last = new HashMap<>();
    List<Integer> going = new ArrayList<>();
    for (int number = 0; number < candidates.size(); number++) {
      going.add(number);
    }
    int resumed = 0;
    int run = 0;
    TuneResult.Ending ending = TuneResult.Ending.COMPLETE;
    int trials = rungs.stream().mapToInt(TuneOptions.Rung::candidates).sum();
    try (Progress.Task task = progress.start("tune", trials)) {
      for (int rung = 0; rung < rungs.size(); rung++) {
        double ahead = workAhead(rungs, rung, going);
        if (rung > 0 && !budget.fits(rungWork(rungs, rung, going))) {
          ending = TuneResult.Ending.TIME;
          break;
        }
        List<Trial> ranked = new ArrayList<>();
        for (int number : going) {
          Candidate candidate = candidates.get(number);
          double work = runner.work(candidate, before(rungs, rung), rungs.get(rung).sweeps());
          if (rung == 0 && run > 0 && log.find(number, rung).isEmpty() && !budget.fits(work)) {
            ending = TuneResult.Ending.TIME;
            break;
          }
          Trial trial;
          if (log.find(number, rung).isPresent()) {
            trial = log.find(number, rung).get();
            resumed++;
          } else {
            trial = runner.run(number, candidate, rung, rungs.get(rung).sweeps());
            log.append(trial);
            budget.spend(work);
            run++;
          }
          ahead -= work;
          last.put(number, trial);
          ranked.add(trial);
          task.advance(1);
          task.note(note(rung, rungs.size(), ranked, budget.left(ahead)));
        }
        if (ending == TuneResult.Ending.TIME) {
          break;
        }
        ranked.sort(Trial.BEST_FIRST);
        int keep = rung + 1 < rungs.size() ? rungs.get(rung + 1).candidates() : ranked.size();
        going = ranked.stream().limit(keep).map(Trial::number).sorted().toList();
        runner.forgetAllBut(going.stream().map(candidates::get).toList());
      }
    }
    return new TuneResult(
        last.values().stream().sorted(Trial.BEST_FIRST).toList(),
        resumed,
        run,
        candidates.size() - last.size(),
        ending);
  }

  private static int before(List<TuneOptions.Rung> rungs, int rung) {
    return rung == 0 ? 0 : rungs.get(rung - 1).sweeps();
  }

  private double rungWork(List<TuneOptions.Rung> rungs, int rung, List<Integer> going) {
    return going.stream()
        .mapToDouble(
            number ->
                runner.work(candidates.get(number), before(rungs, rung), rungs.get(rung).sweeps()))
        .sum();
  }

  /** This rung's work and, with as many of the average candidate as go on, that of those behind. */
  private double workAhead(List<TuneOptions.Rung> rungs, int rung, List<Integer> going) {
    double work = 0;
    for (int r = rung; r < rungs.size(); r++) {
      work += rungWork(rungs, r, going) / going.size() * rungs.get(r).candidates();
    }
    return work;
  }

  private static String note(int rung, int rungs, List<Trial> ranked, OptionalLong nanosLeft) {
    double best = ranked.stream().mapToDouble(trial -> trial.ndcg().mean()).max().orElse(0);
    String left =
        nanosLeft.isPresent()
            ? String.format(Locale.ROOT, ", about %.0f s left", nanosLeft.getAsLong() / 1e9)
            : "";
    return String.format(
        Locale.ROOT, "rung %d of %d, best NDCG %.4f%s", rung + 1, rungs, best, left);
  }
}
