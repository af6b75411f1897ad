// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.combine.joint.JointOptions;
import org.neuralrescore.trainer.combine.joint.TaskWeights;
import org.neuralrescore.trainer.combine.transfer.ContentOptions;
import org.neuralrescore.trainer.combine.transfer.ContentTraining;
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

  /**
   * The documented defaults around the options of a run: every method.
   *
   * @param epochs at most, of every method; empty: each has its own default
   */
  public static CombinationOptions of(TrainingOptions training, OptionalInt epochs) {
    return new CombinationOptions(
        training,
        EnumSet.allOf(Method.class),
        joint(training.scorer(), epochs),
        TaskWeights.multiTask(1, 1, 0.3),
        ContentOptions.defaults());
  }

  /** The documented ones, with what was said of the network. */
  private static JointOptions joint(ScorerOptions network, OptionalInt epochs) {
    JointOptions own = JointOptions.defaults();
    return own.with()
        .hidden(network.hidden())
        .epochs(epochs.orElse(own.epochs()))
        .networkRate(network.learningRate())
        .weightDecay(network.weightDecay())
        .negatives(network.negatives())
        .maxExamples(network.maxExamples())
        .build();
  }

  /**
   * The same without what the data cannot teach: the weight of the rating head where ratings do not
   * differ, that of the category head where there are fewer than two categories or too many, the
   * multi-task method where neither is left, the transfer method with content of too few items or
   * with context, which joint training does not read, and all three where the factors have another
   * loss than theirs or cells weights. What counts is what is learned from first: the core of what
   * is left where validation and test cases are held out.
   *
   * @param leftOut told of each method that is dropped, and why
   */
  public CombinationOptions suitedTo(
      Interactions data, ItemKnowledge knowledge, BiConsumer<Method, String> leftOut) {
    Histories learned =
        training
            .rows()
            .core()
            .of(training.protocol().holdsOut() ? training.split(data).fit() : data.histories())
            .histories();
    int[] popularity = learned.popularity();
    IntPredicate touched = item -> popularity[item] > 0;
    double rating = learned.ratingsDiffer() ? tasks.rating() : 0;
    double category = knowledge.categories().teach(touched) ? tasks.category() : 0;
    Set<Method> suited = EnumSet.noneOf(Method.class);
    suited.addAll(methods);
    BiConsumer<Method, String> drop =
        (method, why) -> {
          if (suited.remove(method)) {
            leftOut.accept(method, why);
          }
        };
    unmoved()
        .ifPresent(
            why ->
                methods.stream()
                    .filter(MethodDemands::movesFactors)
                    .forEach(method -> drop.accept(method, why)));
    if (rating == 0 && category == 0) {
      drop.accept(Method.MULTITASK, "the data has no ratings that differ and no categories");
    }
    if (!learned.context().columns().isEmpty()) {
      drop.accept(Method.TRANSFER, "it does not read context");
    } else if (knowledge
        .content()
        .filter(content -> ContentTraining.teaches(content, touched))
        .isEmpty()) {
      drop.accept(Method.TRANSFER, "the items have no content to learn from");
    }
    return with()
        .methods(suited)
        .tasks(new TaskWeights(tasks.reconstruction(), tasks.score(), rating, category))
        .build();
  }

  /** Why the factors of this run are none that a method may move; empty where they are. */
  private Optional<String> unmoved() {
    List<String> cells = MethodDemands.unread(training.rows());
    if (training.factors().implicitLoss().isEmpty()) {
      return Optional.of("it moves the factors of a weighted implicit loss alone");
    }
    return cells.isEmpty()
        ? Optional.empty()
        : Optional.of("it would undo " + String.join(" and ", cells));
  }
}
