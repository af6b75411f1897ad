// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.combine.joint.JointOptions;
import org.neuralrescore.trainer.combine.joint.JointStart;
import org.neuralrescore.trainer.combine.joint.JointTraining;
import org.neuralrescore.trainer.combine.transfer.ContentTraining;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.PartRanking;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.ImplicitLoss;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.scorer.ScorerChoice;
import org.neuralrescore.trainer.scorer.ScorerOptions;
import org.neuralrescore.trainer.scorer.ScorerTraining;
import org.neuralrescore.trainer.scorer.feature.FeatureSource;

/** Chooses how each method is best done, on validation cases after learning from the rest. */
final class Recipes {
  private final CombinationOptions options;
  private final ItemKnowledge knowledge;
  private final FactorModel fit;
  private final EvaluationSet validation;
  private final Workers workers;
  private final Progress progress;

  private Recipes(
      CombinationOptions options,
      ItemKnowledge knowledge,
      Fit fit,
      Workers workers,
      Progress progress) {
    this.options = options;
    this.knowledge = knowledge;
    this.fit = fit.model();
    this.validation = fit.validation();
    this.workers = workers;
    this.progress = progress;
  }

  /** A method as a candidate, over the factors of the run. */
  static Candidate candidate(
      Method method,
      CombinationOptions options,
      ItemKnowledge knowledge,
      Workers workers,
      Progress progress) {
    return new Candidate(
        method.label(),
        options.training().factors(),
        fit -> new Recipes(options, knowledge, fit, workers, progress).choose(method));
  }

  private long seed() {
    return options.training().seed();
  }

  private int cutoff() {
    return options.training().cutoff();
  }

  private Recipe.Fitted choose(Method method) {
    return switch (method) {
      case DOT -> dot();
      case PIPELINE -> pipeline(options.training().features().source(knowledge.content()));
      case JOINT -> joint(options.joint());
      case MULTITASK -> joint(options.joint().withWeights(options.tasks()));
      case TRANSFER -> transfer();
    };
  }

  private Recipe.Fitted dot() {
    ScorerTraining training = scorerTraining();
    Recipe recipe = model -> new Scoring(model.encoder(), training.dot(model));
    return new Recipe.Fitted(recipe.make(fit), recipe, "");
  }

  private ScorerTraining scorerTraining() {
    return scorerTraining(FeatureSource.none());
  }

  private ScorerTraining scorerTraining(FeatureSource features) {
    ScorerOptions scorer =
        options.training().scorer().withSelection(ScorerOptions.Selection.ALWAYS_NETWORK);
    return new ScorerTraining(scorer, workers, seed(), features, List.of(), PartRanking.here());
  }

  private Recipe.Fitted pipeline(FeatureSource features) {
    if (options.training().scorer().hidden().isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "method pipeline needs hidden layers and none were asked for; give some or take method"
              + " dot");
    }
    ScorerTraining training = scorerTraining(features);
    ScorerChoice choice = training.choose(fit, validation, cutoff(), progress).choice();
    Recipe recipe = model -> new Scoring(model.encoder(), training.train(choice, model, progress));
    String note =
        "epoch "
            + choice.epochs()
            + choice.features().map(reads -> "; " + reads.reason()).orElse("");
    return new Recipe.Fitted(recipe.make(fit), recipe, note);
  }

  private Recipe.Fitted joint(JointOptions joint) {
    JointTraining training = jointTraining(joint);
    JointTraining.Result moved =
        training.choose(start(fit), fit.learned(), validation, cutoff(), progress);
    JointStart finish = finishing(fit, moved);
    Finish finished = finish(finish, joint);
    Recipe recipe =
        model -> {
          JointTraining.Result again =
              training.train(start(model), model.learned(), moved.epoch(), progress);
          return finished.again(finishing(model, again), model.learned());
        };
    return new Recipe.Fitted(
        finished.scoring(), recipe, "epoch " + moved.epoch() + ", " + finished.note());
  }

  private JointTraining jointTraining(JointOptions joint) {
    return new JointTraining(
        implicitLoss(), joint, knowledge.categories(), encoders(), workers, seed());
  }

  private ImplicitLoss implicitLoss() {
    FactorOptions factors = options.training().factors();
    return factors
        .implicitLoss()
        .orElseThrow(
            () ->
                new UserError(
                    UserError.Kind.USAGE,
                    "methods joint, multitask and transfer go on with the weighted implicit loss, and"
                        + " the factors are by "
                        + factors.method().label()
                        + "; take implicit-als, or method pipeline"));
  }

  private Function<FactorMatrix, HistoryEncoder> encoders() {
    FactorSolver solver = options.training().factorSolver(workers);
    return items ->
        new HistoryEncoder(
            items,
            solver.foldIn(items, options.training().encoder()),
            options.training().weighting());
  }

  private static JointStart start(FactorModel model) {
    return new JointStart(model.factors().rowMatrix(), model.encoder().items(), Optional.empty());
  }

  /** The users as served, the moved items, and the network where joint training left it. */
  private JointStart finishing(FactorModel model, JointTraining.Result moved) {
    return new JointStart(
        moved.encoder().encodeAll(model.learned(), workers),
        moved.encoder().items(),
        Optional.of(moved.scorer()));
  }

  /** A scorer over factors that stay: the finished network or the dot product, as chosen. */
  private final class Finish {
    private final JointTraining training;
    private final JointTraining.Result network;
    private final Scoring scoring;
    private final boolean dotShips;

    Finish(
        JointTraining training, JointTraining.Result network, Scoring scoring, boolean dotShips) {
      this.training = training;
      this.network = network;
      this.scoring = scoring;
      this.dotShips = dotShips;
    }

    Scoring scoring() {
      return scoring;
    }

    String note() {
      return dotShips ? "dot product over its factors" : "finished for " + network.epoch();
    }

    Scoring again(JointStart start, Histories learned) {
      HistoryEncoder encoder = encoders().apply(start.items());
      return new Scoring(
          encoder,
          dotShips
              ? training.dot(start, learned)
              : training.train(start, learned, network.epoch(), progress).scorer());
    }
  }

  private Finish finish(JointStart start, JointOptions joint) {
    JointTraining training = jointTraining(joint.finishing());
    JointTraining.Result network =
        training.choose(start, fit.learned(), validation, cutoff(), progress);
    HistoryEncoder encoder = encoders().apply(start.items());
    ScorerWeights dot = training.dot(start, fit.learned());
    Choice choice =
        Choice.among(
            List.of(
                report("the dot product over its factors", encoder, dot),
                report("its network", encoder, network.scorer())),
            seed());
    return new Finish(
        training,
        network,
        new Scoring(encoder, choice.beaten() ? network.scorer() : dot),
        !choice.beaten());
  }

  private RankingReport report(String label, HistoryEncoder encoder, ScorerWeights scorer) {
    return new RankingEvaluation(cutoff(), workers)
        .evaluate(
            new ModelRanker(label, encoder, scorer, Optional.empty()), validation, Progress.none());
  }

  private Recipe.Fitted transfer() {
    ItemContent content =
        knowledge
            .content()
            .orElseThrow(
                () ->
                    new UserError(
                        UserError.Kind.USAGE,
                        "method transfer needs item content; give a catalogue or vectors"));
    if (!fit.learned().context().columns().isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "method transfer goes on with joint training, which reads no context; leave"
              + " --context-columns out, or take method pipeline");
    }
    ContentTraining training = new ContentTraining(options.content(), workers, seed());
    int[] interactions = fit.learned().popularity();
    ContentTraining.Result network =
        training.train(fit.encoder().items(), content, interactions, progress);
    List<Double> priors = List.of(0.0, options.content().prior());
    Choice choice =
        Choice.among(
            priors.stream()
                .map(
                    prior -> {
                      FactorMatrix items =
                          network
                              .network()
                              .start(fit.encoder().items(), content, interactions, prior);
                      return report(
                          "prior " + prior,
                          encoders().apply(items),
                          new ScorerWeights(items.rank(), 1f, 0f, List.of()));
                    })
                .toList(),
            seed());
    double chosen = priors.get(choice.winner());
    Function<FactorModel, FactorMatrix> items =
        model -> {
          int[] counts = model.learned().popularity();
          return training
              .train(model.encoder().items(), content, counts, progress)
              .network()
              .start(model.encoder().items(), content, counts, chosen);
        };
    Recipe.Fitted trained = pipeline(FeatureSource.none());
    JointStart start = transferred(fit, items.apply(fit), trained.scoring().scorer());
    Finish finished = finish(start, options.joint());
    Recipe recipe =
        model ->
            finished.again(
                transferred(model, items.apply(model), trained.recipe().make(model).scorer()),
                model.learned());
    return new Recipe.Fitted(
        finished.scoring(),
        recipe,
        String.format(
            Locale.ROOT,
            "content error %.3f of the mean's, prior %s, %s",
            network.error(),
            chosen,
            finished.note()));
  }

  private JointStart transferred(FactorModel model, FactorMatrix items, ScorerWeights scorer) {
    return new JointStart(
        encoders().apply(items).encodeAll(model.learned(), workers), items, Optional.of(scorer));
  }
}
