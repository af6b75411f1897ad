// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * The rungs of one search: of some candidates one in eta goes on from each to the next. What the
 * log has of an earlier run is not run again; a candidate that comes to no figure goes no further,
 * and the others do.
 */
final class Halving {
  private final List<Candidate> candidates;
  private final TuneOptions options;
  private final TrialLog log;
  private final TrialRunner runner;
  private final LongSupplier nanos;
  private final Map<Integer, Trial> last = new HashMap<>();
  private final Map<Integer, FailedTrial> failed = new TreeMap<>();
  private int resumed;
  private int run;

  /**
   * @param nanos a clock that never goes back
   */
  Halving(
      List<Candidate> candidates,
      TuneOptions options,
      TrialLog log,
      TrialRunner runner,
      LongSupplier nanos) {
    this.candidates = candidates;
    this.options = options;
    this.log = log;
    this.runner = runner;
    this.nanos = nanos;
  }

  /** Once. */
  TuneResult run(Progress progress) {
    List<TuneOptions.Rung> rungs = options.rungs(candidates.size());
    Budget budget = new Budget(options.time(), nanos);
    List<Integer> going = new ArrayList<>();
    for (int number = 0; number < candidates.size(); number++) {
      going.add(number);
    }
    TuneResult.Ending ending = TuneResult.Ending.COMPLETE;
    int trials = rungs.stream().mapToInt(TuneOptions.Rung::candidates).sum();
    try (Progress.Task task = progress.start("tune", trials)) {
      for (int rung = 0; rung < rungs.size() && !going.isEmpty(); rung++) {
        double ahead = workAhead(rungs, rung, going);
        if (rung > 0 && !budget.fits(rungWork(rungs, rung, going))) {
          ending = TuneResult.Ending.TIME;
          break;
        }
        List<Trial> ranked = new ArrayList<>();
        for (int number : going) {
          Candidate candidate = candidates.get(number);
          double work = runner.work(candidate, before(rungs, rung), rungs.get(rung).sweeps());
          if (rung == 0 && run > 0 && !known(number, rung) && !budget.fits(work)) {
            ending = TuneResult.Ending.TIME;
            break;
          }
          judge(number, rung, rungs.get(rung).sweeps(), work, budget).ifPresent(ranked::add);
          ahead -= work;
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
    return result(ending);
  }

  private TuneResult result(TuneResult.Ending ending) {
    if (last.isEmpty()) {
      FailedTrial first = failed.values().iterator().next();
      throw new UserError(
          UserError.Kind.INPUT,
          "none of "
              + failed.size()
              + " candidates came to a figure; the first, "
              + String.join(" ", first.candidate().flags())
              + ": "
              + first.reason()
              + "; change --space");
    }
    return new TuneResult(
        last.values().stream().sorted(Trial.BEST_FIRST).toList(),
        List.copyOf(failed.values()),
        resumed,
        run,
        candidates.size() - last.size() - failed.size(),
        ending);
  }

  private boolean known(int number, int rung) {
    return log.find(number, rung).isPresent() || log.failure(number, rung).isPresent();
  }

  /** A trial from the log or else run; empty where it came to no figure. */
  private Optional<Trial> judge(int number, int rung, int sweeps, double work, Budget budget) {
    Optional<Trial> trial = log.find(number, rung);
    Optional<FailedTrial> failure = log.failure(number, rung);
    if (trial.isPresent() || failure.isPresent()) {
      resumed++;
    } else {
      try {
        trial = Optional.of(runner.run(number, candidates.get(number), rung, sweeps));
        log.append(trial.get());
        budget.spend(work);
        run++;
      } catch (RuntimeException | OutOfMemoryError e) {
        failure = Optional.of(failure(number, rung, e));
        log.append(failure.get());
      }
    }
    trial.ifPresent(one -> last.put(number, one));
    failure.ifPresent(
        one -> {
          failed.put(number, one);
          last.remove(number);
        });
    return trial;
  }

  private FailedTrial failure(int number, int rung, Throwable thrown) {
    Optional<String> reason = FailedTrial.reason(thrown);
    if (reason.isEmpty() && thrown instanceof RuntimeException notOfTheCandidate) {
      throw notOfTheCandidate;
    }
    return new FailedTrial(number, candidates.get(number), rung, reason.orElse(thrown.toString()));
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
