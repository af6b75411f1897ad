// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.UserBlocks;

/**
 * The users of a model as they ship: their vectors in memory, or, of more than are to be held, made
 * again when the bundle is written.
 *
 * @param ids of those in memory
 * @param vectors [ids x rank]
 * @param apart those that are not in memory, all of them where some are elsewhere
 */
record ServedUsers(Ids ids, FactorMatrix vectors, Optional<UserBlocks> apart) {

  /**
   * Encodes the users who are held.
   *
   * @param atMost how many are held; of more none is
   */
  static ServedUsers of(Run run, HistoryEncoder encoder, int atMost) {
    Histories served = run.split().served();
    Ids ids = run.data().users();
    int rank = encoder.items().rank();
    if (ids.size() > atMost || served.elsewhere().users() > 0) {
      return new ServedUsers(
          new Ids(List.of()),
          new FactorMatrix(0, rank, new float[0]),
          Optional.of(new Apart(run, encoder, served)));
    }
    float[] values = new float[Math.multiplyExact(ids.size(), rank)];
    each(
        run,
        encoder,
        served,
        run.workers(),
        (first, block) ->
            System.arraycopy(block.values(), 0, values, first * rank, block.values().length));
    return new ServedUsers(ids, new FactorMatrix(ids.size(), rank, values), Optional.empty());
  }

  /** Encodes all users of some histories for a visitor, and tells the progress. */
  static void each(
      Run run,
      HistoryEncoder encoder,
      Histories histories,
      Workers workers,
      UserEncoding.Visitor visitor) {
    try (Progress.Task task = run.progress().start("encode users", histories.userCount())) {
      run.encoding()
          .encode(
              encoder,
              histories,
              workers,
              (first, block) -> {
                visitor.block(first, block);
                task.advance(block.rows());
              });
    }
  }

  private record Apart(Run run, HistoryEncoder encoder, Histories served) implements UserBlocks {
    @Override
    public void forEach(Visitor visitor) {
      List<String> ids = run.data().users().asList();
      // Those of the run have ended with it.
      try (Workers workers = new Workers(run.options().threads())) {
        each(
            run,
            encoder,
            served,
            workers,
            (first, block) -> visitor.block(ids.subList(first, first + block.rows()), block));
      }
      int others = served.elsewhere().users();
      if (others > 0) {
        try (Progress.Task task = run.progress().start("encode users elsewhere", others)) {
          run.encoding()
              .encodeElsewhere(
                  encoder,
                  (theirs, block) -> {
                    visitor.block(theirs, block);
                    task.advance(block.rows());
                  });
        }
      }
    }
  }
}
