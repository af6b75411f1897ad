// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.journal.WholeFile;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.served.BundleRanker;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two bundles on the test cases of the newer data, each through its own graphs, all unseen items
 * ranked. Neither has learned from these cases: what a user had touched before is not among them,
 * for the deployed model may have learned from that, and the new one goes on from its factors; what
 * else it may have learned from {@link HeldOutAlike} asks.
 */
final class HeldOutComparison {
  private static final JsonMapper MAPPER = new JsonMapper();

  private HeldOutComparison() {}

  /**
   * NDCG by case.
   *
   * @param deployed of the deployed model
   * @param fresh of the new one, on the same cases
   */
  record Figures(List<Double> deployed, List<Double> fresh) {
    Figures {
      deployed = List.copyOf(deployed);
      fresh = List.copyOf(fresh);
    }

    Comparison compare(GateOptions gate) {
      return Comparison.of(
          deployed.stream().mapToDouble(Double::doubleValue).toArray(),
          fresh.stream().mapToDouble(Double::doubleValue).toArray(),
          gate.confidence(),
          gate.seed());
    }

    void write(Path file) {
      WholeFile.write(file, out -> out.write(MAPPER.writeValueAsBytes(this)));
    }

    static Figures read(Path file) {
      try {
        return MAPPER.readValue(Files.readAllBytes(file), Figures.class);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
  }

  static Figures run(
      Bundle deployed,
      Bundle fresh,
      Interactions data,
      TrainingOptions training,
      GateOptions gate,
      RetrainListener listener,
      Progress progress) {
    EvaluationSet held = training.protocol().split(data).test();
    EvaluationSet first = held.firstTouches(data.histories());
    if (first.size() == 0) {
      HeldOutAlike.require(
          gate,
          listener,
          "all "
              + held.size()
              + " held-out cases ask for what their users had touched before, so the deployed model"
              + " may have learned from every one",
          "wait for newer data");
      first = held;
    } else if (first.size() < held.size()) {
      listener.note(
          "the gate leaves out "
              + (held.size() - first.size())
              + " of "
              + held.size()
              + " held-out cases, whose users had touched the item before: the deployed model may"
              + " know");
    }
    EvaluationSet cases = first.sample(gate.cases(), new SplittableRandom(gate.seed()));
    try (Workers workers = new Workers(training.threads())) {
      RankingEvaluation evaluation = new RankingEvaluation(gate.cutoff(), workers);
      return new Figures(
          ndcg("deployed model", deployed, data, cases, evaluation, progress),
          ndcg("new model", fresh, data, cases, evaluation, progress));
    }
  }

  private static List<Double> ndcg(
      String label,
      Bundle bundle,
      Interactions data,
      EvaluationSet cases,
      RankingEvaluation evaluation,
      Progress progress) {
    try (BundleRanker ranker = new BundleRanker(label, bundle, data.items())) {
      return evaluation.evaluate(ranker, cases, progress).cases().stream()
          .map(CaseMetrics::ndcg)
          .toList();
    }
  }
}
