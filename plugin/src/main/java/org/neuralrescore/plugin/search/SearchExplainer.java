// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.plugin.lucene.Combination;
import org.neuralrescore.plugin.lucene.ScoringException;
import org.neuralrescore.plugin.serving.LoadedModel;

/**
 * Explains a hit that was rescored, or was not. The hit has its score by then: where the model is
 * gone, or does not run, the explanation says so, and no policy lets it fail what it explains.
 */
final class SearchExplainer {
  private SearchExplainer() {}

  static Explanation explain(
      int docId, IndexSearcher searcher, NeuralRescoreContext context, Explanation firstPass)
      throws IOException {
    if (firstPass == null || !firstPass.isMatch()) {
      return firstPass;
    }
    if (context.ready() instanceof NeuralRescoreContext.Ready.Unavailable) {
      return Explanation.match(
          firstPass.getValue(), "neural rescore, without its model; first pass:", firstPass);
    }
    Optional<NeuralRescoreContext.Ready.Model> model = context.model();
    if (context.ready() instanceof NeuralRescoreContext.Ready.Without without
        && context.isRescored(docId)) {
      // It was rescored in the query phase, and the model is gone by now.
      return notExplained(firstPass, without.failure());
    }
    if (model.isEmpty() || !context.isRescored(docId)) {
      return Explanation.match(
          Combination.other(firstPass.getValue().floatValue()),
          "neural rescore, not rescored: outside the window of "
              + context.getWindowSize()
              + ", or the model failed on this shard; first pass, below 2^-50, order kept, of:",
          firstPass);
    }
    try {
      return explainRescored(docId, searcher, context, model.get(), firstPass);
    } catch (CircuitBreakingException | ScoringException | ModelFailure failure) {
      // The hit has its score already: no policy lets an explanation fail what it explains.
      return notExplained(firstPass, failure);
    }
  }

  private static Explanation notExplained(Explanation firstPass, RuntimeException failure) {
    return Explanation.match(
        firstPass.getValue(),
        "neural rescore, could not be explained: " + failure.getMessage() + "; first pass:",
        firstPass);
  }

  private static Explanation explainRescored(
      int docId,
      IndexSearcher searcher,
      NeuralRescoreContext context,
      NeuralRescoreContext.Ready.Model model,
      Explanation firstPass)
      throws IOException {
    String name = context.request().model().text();
    ModelManifest manifest = model.model().manifest();
    try (LoadedModel.Lease held =
        model.model().lease().orElseThrow(() -> context.services().closed(model.hash(), name))) {
      Explanation rescored =
          SearchRescorer.rescorer(context, model, held, searcher)
              .explain(searcher, firstPass, docId);
      return Explanation.match(
          rescored.getValue(),
          rescored.getDescription()
              + " model ["
              + name
              + "], user "
              + origin(context.request().user())
              + recent(context.request().user(), manifest)
              + history(context.request().user(), manifest)
              + context.request().context().explain(manifest),
          rescored.getDetails());
    }
  }

  /** How the recent vector came about; nothing for a model that reads none. */
  private static String recent(UserReference user, ModelManifest manifest) {
    return manifest
        .users()
        .recent()
        .map(
            source -> {
              if (SearchRescorer.recentVector(user).isEmpty()) {
                return ", recent not known: the model's default one";
              }
              return user instanceof UserReference.Known known
                      && known.origin() == UserReference.Origin.ENCODED
                  ? ", recent encoded from the newest "
                      + source.count()
                      + " known items at most, decay "
                      + source.items().decay()
                  : ", recent " + origin(user);
            })
        .orElse("");
  }

  /** How much of a history there is; nothing for a model that reads none. */
  private static String history(UserReference user, ModelManifest manifest) {
    return manifest.users().history().isEmpty()
        ? ""
        : ", history of " + user.touched().items().size() + " items that the model knows";
  }

  private static String origin(UserReference user) {
    if (user instanceof UserReference.Known known) {
      return known.origin().key();
    }
    return user instanceof UserReference.Fallback fallback
        ? fallback.origin().key() + ", the model's default user"
        : "unresolved";
  }
}
