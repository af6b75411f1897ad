// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.EnumSet;
import java.util.Set;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.combine.joint.JointOptions;
import org.neuralrescore.trainer.combine.joint.TaskWeights;
import org.neuralrescore.trainer.combine.transfer.ContentOptions;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.scorer.ScorerOptions;

/**
 * What is compared, and how each method trains.
 *
 * @param training options of factors, encoder, scorer, protocol and run
 * @param methods to compare with the dot product, which always takes part
 * @param joint options of the joint method
 * @param tasks weights of the multi-task method, which else has the joint method's options
 * @param content options of the transfer method
 */
@RecordBuilder
public record CombinationOptions(
    TrainingOptions training,
    Set<Method> methods,
    JointOptions joint,
    TaskWeights tasks,
    ContentOptions content)
    implements CombinationOptionsBuilder.With {
  public CombinationOptions {
    methods = Set.copyOf(methods);
  }

  /** The documented defaults around the options of a run: every method. */
  public static CombinationOptions of(TrainingOptions training) {
    return new CombinationOptions(
        training,
        EnumSet.allOf(Method.class),
        joint(training.scorer()),
        TaskWeights.multiTask(1, 1, 0.3),
        ContentOptions.defaults());
  }

  /** The documented ones, with what was said of the network. */
  private static JointOptions joint(ScorerOptions network) {
    JointOptions own = JointOptions.defaults();
    boolean epochs = network.epochs() != ScorerOptions.defaults().epochs();
    return own.with()
        .hidden(network.hidden())
        .epochs(epochs ? network.epochs() : own.epochs())
        .networkRate(network.learningRate())
        .weightDecay(network.weightDecay())
        .negatives(network.negatives())
        .maxExamples(network.maxExamples())
        .build();
  }

  /**
   * The same without what the data cannot teach: the weight of the rating head where ratings do not
   * differ, that of the category head where there are fewer than two categories, the multi-task
   * method where neither is left, the transfer method without content or with context, which joint
   * training does not read, and all three where the factors have another loss than theirs.
   */
  public CombinationOptions suitedTo(Interactions data, ItemKnowledge knowledge) {
    double rating = ratingsDiffer(data.histories()) ? tasks.rating() : 0;
    double category = knowledge.categories().names().size() > 1 ? tasks.category() : 0;
    Set<Method> suited = EnumSet.noneOf(Method.class);
    for (Method method : methods) {
      boolean implicitLoss =
          method == Method.JOINT || method == Method.MULTITASK || method == Method.TRANSFER;
      if ((!implicitLoss || training.factors().implicitLoss().isPresent())
          && (method != Method.MULTITASK || rating > 0 || category > 0)
          && (method != Method.TRANSFER || transfers(data, knowledge))) {
        suited.add(method);
      }
    }
    return with()
        .methods(suited)
        .tasks(new TaskWeights(tasks.reconstruction(), tasks.score(), rating, category))
        .build();
  }

  private static boolean transfers(Interactions data, ItemKnowledge knowledge) {
    return knowledge.content().isPresent() && data.histories().context().columns().isEmpty();
  }

  private static boolean ratingsDiffer(Histories histories) {
    for (int p = 1; p < histories.size(); p++) {
      if (histories.rating(p) != histories.rating(0)) {
        return true;
      }
    }
    return false;
  }
}
