// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.neuralrescore.trainer.base.Build;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.RunLock;
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
  private final TrialOptions base;
  private final Histories fit;
  private final EvaluationSet validation;
  private final String cut;
  private final Path folder;
  private final Workers workers;
  private final List<Candidate> candidates;
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
    this.base = base;
    this.fit = fit;
    this.validation = validation;
    this.cut = cut;
    this.folder = folder;
    this.workers = workers;
    this.nanos = nanos;
    space.check(base);
    Set<Candidate> drawn = new LinkedHashSet<>();
    drawn.add(space.of(base));
    drawn.addAll(space.draw(options.trials(), options.seed()));
    candidates = drawn.stream().limit(options.trials()).toList();
  }

  /** All that decides what is found, down to its last bits; the time is not part of it. */
  private String search() {
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
        + base
        + " build "
        + Build.id();
  }

  /**
   * Searches, or goes on with a search.
   *
   * @throws UserError of kind EXISTS where the folder holds another search, BUSY where another run
   *     is at work in it, INPUT where it cannot be made or no candidate comes to a figure
   */
  public TuneResult run(Progress progress) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.INPUT, folder + ": cannot be made (" + e.getMessage() + ")", e);
    }
    RunLock lock = RunLock.take(folder.resolve("lock"));
    try {
      String search = search();
      TrialLog log = new TrialLog(folder.resolve("trials.jsonl"), search, candidates);
      TrialRunner runner =
          new TrialRunner(
              base, options, space.ofScorer(), fit, validation, search, folder, workers);
      return new Halving(candidates, options, log, runner, nanos).run(progress);
    } finally {
      lock.close();
    }
  }
}
