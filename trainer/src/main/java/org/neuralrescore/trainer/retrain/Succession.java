// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.bundle.FactorExplanation;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorResult;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.checkpoint.FactorCheckpoint;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.pipeline.Factorisation;
import org.neuralrescore.trainer.release.FactorLabels;
import org.neuralrescore.trainer.release.Lineage;
import org.neuralrescore.trainer.retrain.matching.FactorMatching;

/**
 * What a retraining takes over: the factors to go on from, their order and their labels. Factors
 * are saved as they come, so that a killed run goes on from them.
 *
 * <p>Only the factors that ship go on from the former ones. Those on which epochs are chosen start
 * at random: the former generation has learned from items that are validation cases now, or were.
 * It has never seen a test case where the end of histories or of time is held out, for that was
 * held out from it too, or is newer than it; unless a user touches an item again, which is then
 * held out by its latest time. The gate leaves such cases out; the new bundle's own report has
 * them, and is flattered by them where the former factors remember single pairs.
 *
 * @param former the generation to go on from, of the same rank; empty: a random start
 * @param warmSweeps sweeps of the factors that go on from it; empty: as of all others
 * @param items of the new data
 * @param key all that decides the factors
 * @param folder keeps the saved factors
 * @param everySweeps how often they are saved
 * @param listener hears of it
 */
record Succession(
    Optional<Bundle> former,
    OptionalInt warmSweeps,
    Ids items,
    String key,
    Path folder,
    int everySweeps,
    RetrainListener listener)
    implements Lineage {
  /** Below this cosine a factor has become another one, and its label is made anew. */
  private static final double SAME = 0.8;

  @Override
  public Map<String, Object> provenance() {
    Map<String, Object> map = new LinkedHashMap<>();
    former.ifPresent(bundle -> map.put("warm_start", bundle.reference()));
    if (former.isPresent() && warmSweeps.isPresent()) {
      map.put("warm_sweeps", warmSweeps.getAsInt());
    }
    return map;
  }

  @Override
  public Factorisation factorisation() {
    return new Factorisation() {
      @Override
      public FactorResult factorise(
          Stage stage, FactorSolver solver, SparseMatrix weights, Progress progress) {
        return Succession.this.factorise(stage, solver, weights, progress);
      }

      @Override
      public FactorOptions options(Stage stage, FactorOptions asked) {
        return start(stage).isPresent() && warmSweeps.isPresent()
            ? asked.ofSweeps(warmSweeps.getAsInt())
            : asked;
      }
    };
  }

  private Optional<Bundle> start(Factorisation.Stage stage) {
    return stage == Factorisation.Stage.REFIT ? former : Optional.empty();
  }

  private FactorResult factorise(
      Factorisation.Stage stage, FactorSolver solver, SparseMatrix weights, Progress progress) {
    Path file = folder.resolve(stage.name().toLowerCase(Locale.ROOT) + ".factors");
    String fullKey = key + " " + stage + " " + solver.key();
    Optional<Bundle> start = start(stage);
    FactorSolver beginning =
        start.map(bundle -> solver.startingAt(WarmStart.of(bundle, items))).orElse(solver);
    FactorState from =
        FactorCheckpoint.read(file, fullKey)
            .filter(saved -> saved.sweeps() <= solver.sweeps())
            .orElseGet(() -> beginning.begin(weights));
    int all = solver.sweeps();
    FactorState end =
        beginning.advance(
            weights,
            from,
            all,
            state -> {
              if (state.sweeps() % everySweeps == 0 || state.sweeps() == all) {
                FactorCheckpoint.write(file, fullKey, state);
                listener.saved(state.sweeps());
              }
            },
            progress);
    Factors ordered =
        start
            .map(bundle -> reorder(bundle, end.factors()))
            .orElseGet(() -> beginning.ordered(end.factors()));
    return new FactorResult(ordered, end.objective());
  }

  private Factors reorder(Bundle bundle, Factors factors) {
    FactorMatching matching =
        FactorMatching.of(
            bundle.items(),
            offers(bundle.itemFactors(), factors.rank()),
            items,
            factors.columnMatrix());
    return new Factors(
        factors.rank(), matching.reorder(factors.rows()), matching.reorder(factors.columns()));
  }

  /** What items offer: the first k of a row, all of it where items have one side. */
  private static FactorMatrix offers(FactorMatrix items, int rank) {
    float[] offers = new float[items.rows() * rank];
    for (int item = 0; item < items.rows(); item++) {
      System.arraycopy(items.values(), item * items.rank(), offers, item * rank, rank);
    }
    return new FactorMatrix(items.rows(), rank, offers);
  }

  @Override
  public List<String> labels(TrainedModel model, List<CatalogueItem> catalogue) {
    List<String> fresh = FactorLabels.of(model.items(), model.itemFactors(), catalogue);
    List<String> old =
        former
            .flatMap(bundle -> bundle.manifest().explanation())
            .map(FactorExplanation::labels)
            .orElse(List.of());
    if (former.isEmpty() || old.size() != fresh.size()) {
      return fresh;
    }
    FactorMatching matching =
        FactorMatching.of(
            former.get().items(), former.get().itemFactors(), model.items(), model.itemFactors());
    List<String> labels = new ArrayList<>();
    int kept = 0;
    for (int f = 0; f < fresh.size(); f++) {
      boolean same = matching.newOf().get(f) == f && matching.cosines().get(f) >= SAME;
      labels.add(same ? old.get(f) : fresh.get(f));
      kept += same ? 1 : 0;
    }
    listener.note(
        String.format(
            Locale.ROOT,
            "factors: %d of %d go on as what they were (cosine %.1f or more over %d common items)",
            kept,
            fresh.size(),
            SAME,
            matching.commonItems()));
    return labels;
  }
}
