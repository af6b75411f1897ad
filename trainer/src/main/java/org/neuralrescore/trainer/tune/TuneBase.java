package org.neuralrescore.trainer.tune;

import org.neuralrescore.trainer.dataset.CellValues;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.dataset.RowScheme;
import org.neuralrescore.trainer.nmf.ImplicitAlsOptions;

/**
 * Where a search starts: the options that it has to beat, which also give whatever the space does
 * not name.
 *
 * @param factors of the factorisation
 * @param foldInIterations gradient steps of the user encoder
 * @param weighting of histories
 * @param rows the matrix that is factorised; its values are the histories' too
 */
public record TuneBase(
    ImplicitAlsOptions factors, int foldInIterations, HistoryWeighting weighting, RowScheme rows) {
  Candidate candidate() {
    return new Candidate(
        factors.rank(), factors.alpha0(), factors.lambda(), weighting.withValues(CellValues.ONE));
  }
}
