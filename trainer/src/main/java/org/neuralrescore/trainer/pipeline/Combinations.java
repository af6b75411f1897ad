package org.neuralrescore.trainer.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.combine.variant.Method;
import org.neuralrescore.trainer.combine.variant.Variant;
import org.neuralrescore.trainer.combine.variant.VariantChoice;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.ItemPopularity;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.eval.RankingSurvey;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.RecentVectors;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.scorer.ReliabilityCheck;
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
   *     of kind USAGE where a method needs what is not there
   */
  public static CombinationResult run(
      Interactions data, CombinationOptions options, ItemKnowledge knowledge, Progress progress) {
    Split split = options.training().protocol().split(data);
    try (Workers workers = new Workers(options.training().threads())) {
      return new Run(data, options, knowledge, progress, split, workers).run();
    }
  }

  private record Run(
      Interactions data,
      CombinationOptions options,
      ItemKnowledge knowledge,
      Progress progress,
      Split split,
      Workers workers) {

    CombinationResult run() {
      FactorModel fit = learn(split.fit());
      Recipes recipes = new Recipes(options, knowledge, fit, split.validation(), workers, progress);
      RankingEvaluation evaluation = new RankingEvaluation(options.training().cutoff(), workers);
      List<Variant> variants = new ArrayList<>();
      List<Recipe> again = new ArrayList<>();
      for (Method method : Method.values()) {
        if (method == Method.DOT || options.methods().contains(method)) {
          Recipe.Chosen chosen = recipes.choose(method);
          Recipe.Made made = chosen.made();
          RankingReport report =
              evaluation.evaluate(
                  new ModelRanker(
                      method.label(),
                      made.encoder(),
                      made.scorer(),
                      made.features(),
                      defaultUser(made, split.fit())),
                  split.validation(),
                  progress);
          variants.add(new Variant(method, made.encoder(), made.scorer(), report, chosen.note()));
          again.add(chosen.recipe());
        }
      }
      VariantChoice choice = VariantChoice.among(variants, options.training().seed());
      FactorModel refit = learn(split.refit());
      List<Recipe.Made> made = again.stream().map(recipe -> recipe.make(refit)).toList();
      List<RankingReport> tests = new ArrayList<>();
      for (int v = 0; v < made.size(); v++) {
        tests.add(test(evaluation, variants.get(v).method().label(), made.get(v)));
      }
      int winner = variants.stream().map(Variant::method).toList().indexOf(choice.winner());
      List<VariantResult> results = new ArrayList<>();
      for (int v = 0; v < made.size(); v++) {
        results.add(
            new VariantResult(
                variants.get(v),
                tests.get(v),
                against(tests, v, CaseMetrics::hitRate),
                against(tests, v, CaseMetrics::ndcg)));
      }
      return new CombinationResult(
          result(made.get(winner), made.get(0), choice, refit, evaluation), results, choice);
    }

    private PairedBootstrap against(
        List<RankingReport> tests, int variant, ToDoubleFunction<CaseMetrics> figure) {
      return PairedBootstrap.compare(
          tests.get(variant), tests.get(0), figure, options.training().seed());
    }

    private RankingReport test(RankingEvaluation evaluation, String label, Recipe.Made made) {
      return evaluation.evaluate(ranker(label, made), split.test(), progress);
    }

    private Ranker ranker(String label, Recipe.Made made) {
      return new ModelRanker(
          label, made.encoder(), made.scorer(), made.features(), defaultUser(made, split.refit()));
    }

    private Optional<ScorerRequest> defaultUser(Recipe.Made made, Histories learned) {
      FactorMatrix users = made.encoder().encodeAll(learned, workers);
      return Optional.of(
          DefaultUser.request(DefaultUser.mean(users, learned), recent(made, learned, learned)));
    }

    private Optional<RecentVectors> recent(Recipe.Made made, Histories served, Histories learned) {
      return DefaultUser.recent(made.encoder(), made.scorer(), served, learned, workers);
    }

    private TrainingResult result(
        Recipe.Made made,
        Recipe.Made dot,
        VariantChoice choice,
        FactorModel refit,
        RankingEvaluation evaluation) {
      FactorMatrix users = made.encoder().encodeAll(split.served(), workers);
      TrainedModel model =
          new TrainedModel(
              data.users(),
              data.items(),
              users,
              made.encoder().items(),
              made.features(),
              made.scorer(),
              made.encoder().foldIn(),
              DefaultUser.mean(users, split.refit()),
              recent(made, split.served(), split.refit()));
      ItemPopularity popularity = ItemPopularity.of(split.refit());
      Ranker shipped = ranker("model", made);
      List<RankingSurvey> surveys =
          Stream.of(shipped, ranker("dot", dot), new PopularityRanker(split.refit()))
              .map(r -> evaluation.survey(r, split.test(), popularity, progress))
              .toList();
      return new TrainingResult(
          model,
          data,
          split.test(),
          surveys,
          ReliabilityCheck.of(options.training().scorer(), options.training().seed())
              .run(shipped, split.test(), split.refit(), workers),
          refit.objective(),
          List.of(),
          refit.leftOut(),
          scorerChoice(made, choice));
    }

    private static ScorerChoice scorerChoice(Recipe.Made made, VariantChoice choice) {
      VariantChoice.Gain gain =
          choice.gains().stream()
              .filter(g -> g.method() == choice.winner())
              .findFirst()
              .orElse(new VariantChoice.Gain(Method.DOT, 0, new PairedBootstrap(0, 0, 0, 0)));
      return new ScorerChoice(
          made.scorer().layers().isEmpty()
              ? ScorerChoice.Variant.DOT
              : ScorerChoice.Variant.NETWORK,
          0,
          gain.ndcg(),
          gain.ndcg() - gain.bootstrap().difference(),
          gain.bootstrap().probability(),
          choice.winner().label() + ": " + choice.reason());
    }

    private FactorModel learn(Histories learned) {
      return FactorModel.learn(
          learned,
          options.training().factorSolver(workers),
          options.training().rows(),
          options.training().encoder(),
          FactorSolver::fit,
          progress);
    }
  }
}
