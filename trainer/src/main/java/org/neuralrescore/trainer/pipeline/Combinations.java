// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.PartRanking;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.scorer.ScorerChoice;

/**
 * A run that compares methods. Each method chooses its epochs on validation after learning from the
 * rest; the variant that surely beats the dot product on validation ships, else the dot product;
 * then all are learned afresh from both and reported on test cases that nothing has seen.
 */
public final class Combinations {
  private Combinations() {}

  /**
   * Trains, compares and chooses. The result is the same to the bit for equal data, options and
   * seed, on any number of threads.
   *
   * @param knowledge of the items, for the methods that use it
   * @throws org.neuralrescore.trainer.base.UserError of kind INPUT where nothing can be held out,
   *     of kind USAGE where a method needs what is not there, or does not read what was asked for
   */
  public static CombinationResult run(
      Interactions data, CombinationOptions options, ItemKnowledge knowledge, Progress progress) {
    if (!options.training().protocol().holdsOut()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--protocol none holds nothing out on which --method could be compared; leave one of them"
              + " out");
    }
    MethodDemands.requireRead(options.training(), options.methods());
    Split split = options.training().split(data);
    try (Workers workers = new Workers(options.training().threads())) {
      Run run =
          new Run(
              data,
              options.training(),
              split,
              UserEncoding.here(),
              PartRanking.here(),
              workers,
              progress);
      List<Method> methods =
          Stream.of(Method.values())
              .filter(method -> method == Method.DOT || options.methods().contains(method))
              .toList();
      return result(
          run,
          methods,
          new Selection(run)
              .among(
                  methods.stream()
                      .map(
                          method ->
                              Recipes.candidate(method, options, knowledge, workers, progress))
                      .toList()));
    }
  }

  private static CombinationResult result(
      Run run, List<Method> methods, Selection.Selected selected) {
    List<RankingReport> tests = selected.tests();
    List<VariantResult> variants = new ArrayList<>();
    for (int m = 0; m < methods.size(); m++) {
      variants.add(
          new VariantResult(
              methods.get(m),
              selected.choice().candidates().get(m),
              selected.fitted().get(m).note(),
              tests.get(m),
              PairedBootstrap.compare(
                  tests.get(m), tests.get(0), CaseMetrics::hitRate, run.options().seed()),
              PairedBootstrap.compare(
                  tests.get(m), tests.get(0), CaseMetrics::ndcg, run.options().seed())));
    }
    int winner = selected.choice().winner();
    Scoring shipped = selected.made().get(winner);
    return new CombinationResult(
        run.result(
            selected.refits().get(winner),
            shipped,
            new Rivals(selected.made().get(0)),
            scorerChoice(shipped, selected.choice()),
            List.of()),
        variants,
        methods.get(winner));
  }

  private static ScorerChoice scorerChoice(Scoring shipped, Choice choice) {
    return new ScorerChoice(
        shipped.scorer().layers().isEmpty()
            ? ScorerChoice.Variant.DOT
            : ScorerChoice.Variant.NETWORK,
        0,
        choice.shipped().mean().ndcg(),
        choice.candidates().get(0).mean().ndcg(),
        choice.beaten() ? choice.lead().probability() : 0,
        choice.shipped().label() + ": " + choice.reason());
  }
}
