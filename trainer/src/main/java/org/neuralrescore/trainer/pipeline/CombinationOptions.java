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
        JointOptions.defaults(),
        TaskWeights.multiTask(1, 1, 0.3),
        ContentOptions.defaults());
  }

  /**
   * The same without what the data cannot teach: the weight of the rating head where ratings do not
   * differ, that of the category head where there are fewer than two categories, the multi-task
   * method where neither is left, both where the factors have another loss than theirs, and the
   * transfer method without content.
   */
  public CombinationOptions suitedTo(Interactions data, ItemKnowledge knowledge) {
    double rating = ratingsDiffer(data.histories()) ? tasks.rating() : 0;
    double category = knowledge.categories().names().size() > 1 ? tasks.category() : 0;
    Set<Method> suited = EnumSet.noneOf(Method.class);
    for (Method method : methods) {
      boolean implicitLoss = method == Method.JOINT || method == Method.MULTITASK;
      if ((!implicitLoss || training.factors().implicitLoss().isPresent())
          && (method != Method.MULTITASK || rating > 0 || category > 0)
          && (method != Method.TRANSFER || knowledge.content().isPresent())) {
        suited.add(method);
      }
    }
    return with()
        .methods(suited)
        .tasks(new TaskWeights(tasks.reconstruction(), tasks.score(), rating, category))
        .build();
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
