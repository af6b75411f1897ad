package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TopDocs;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.Rescorer;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.plugin.lucene.Combination;
import org.neuralrescore.plugin.lucene.FactorShares;
import org.neuralrescore.plugin.lucene.NeuralRescorer;
import org.neuralrescore.plugin.lucene.OutputExplainer;
import org.neuralrescore.plugin.lucene.ScoringException;
import org.neuralrescore.plugin.serving.LoadedModel;

/**
 * Elasticsearch's side of {@link NeuralRescorer}: takes a lease, runs, applies the failure policy.
 */
final class SearchRescorer implements Rescorer {
  static final SearchRescorer INSTANCE = new SearchRescorer();

  private static final Logger logger = LogManager.getLogger(SearchRescorer.class);

  private SearchRescorer() {}

  @Override
  public TopDocs rescore(TopDocs topDocs, IndexSearcher searcher, RescoreContext rescoreContext)
      throws IOException {
    NeuralRescoreContext context = (NeuralRescoreContext) rescoreContext;
    Optional<LoadedModel.Lease> lease = context.model().flatMap(LoadedModel::lease);
    if (lease.isPresent()) {
      try (LoadedModel.Lease held = lease.get()) {
        TopDocs rescored =
            rescorer(context, held).rescore(searcher, topDocs, topDocs.scoreDocs.length);
        context.setRescoredDocs(new WindowDocs(topDocs, context.getWindowSize()));
        return rescored;
      } catch (ScoringException e) {
        if (context.request().onFailure() == FailurePolicy.ERROR) {
          throw e;
        }
        logger.warn(
            "model [{}] failed, the shard keeps its first pass: {}",
            context.request().model().text(),
            e.getMessage());
      }
    } else if (context.request().onFailure() == FailurePolicy.ERROR) {
      throw new ScoringException(
          "[neural] model ["
              + context.request().model().text()
              + "] was deleted while the search ran");
    }
    context.setRescoredDocs(Set.of());
    return NeuralRescorer.notRescored(topDocs);
  }

  @Override
  public Explanation explain(
      int docId, IndexSearcher searcher, RescoreContext rescoreContext, Explanation firstPass)
      throws IOException {
    NeuralRescoreContext context = (NeuralRescoreContext) rescoreContext;
    if (firstPass == null || !firstPass.isMatch()) {
      return firstPass;
    }
    if (!context.isRescored(docId)) {
      return Explanation.match(
          Combination.other(firstPass.getValue().floatValue()),
          "neural rescore, not rescored: outside the window of "
              + context.getWindowSize()
              + ", or the model failed on this shard; first pass, below 2^-50, order kept, of:",
          firstPass);
    }
    Optional<LoadedModel.Lease> lease = context.model().flatMap(LoadedModel::lease);
    if (lease.isEmpty()) {
      return Explanation.match(
          firstPass.getValue(), "neural rescore, its model is gone; first pass:", firstPass);
    }
    try (LoadedModel.Lease held = lease.get()) {
      Explanation rescored = rescorer(context, held).explain(searcher, firstPass, docId);
      return Explanation.match(
          rescored.getValue(),
          rescored.getDescription()
              + " model ["
              + context.request().model().text()
              + "], user "
              + origin(context.request().user())
              + recent(context.request().user(), context.model().orElseThrow().manifest())
              + context.request().context().explain(context.model().orElseThrow().manifest()),
          rescored.getDetails());
    }
  }

  private static NeuralRescorer rescorer(NeuralRescoreContext context, LoadedModel.Lease lease) {
    ModelManifest manifest = context.model().orElseThrow().manifest();
    return NeuralRescorer.builder(lease.scorer(), lease.pool())
        .features(context.features())
        .user(user(context.request().user(), manifest))
        .context(rows(context.request(), manifest))
        .combination(new Combination(context.request().weight(), manifest.scorer().transform()))
        .explainer(explainer(manifest))
        .window(context.getWindowSize())
        .cancellation(context::checkCancellation)
        .build();
  }

  private static FloatVector user(UserReference user, ModelManifest manifest) {
    return user instanceof UserReference.Known known ? known.vector() : manifest.users().fallback();
  }

  /** What is fed once a search beside the user. */
  private static List<FloatVector> rows(RescoreRequest request, ModelManifest manifest) {
    List<FloatVector> rows = new ArrayList<>();
    for (InputSource input : manifest.scorer().requestInputs()) {
      rows.add(
          input instanceof InputSource.Context column
              ? request.context().row(column)
              : recentVector(request.user())
                  .orElseGet(() -> manifest.users().recent().orElseThrow().fallback()));
    }
    return rows;
  }

  private static Optional<FloatVector> recentVector(UserReference user) {
    return user instanceof UserReference.Known known ? known.recent() : Optional.empty();
  }

  /** How the recent vector came about; nothing for a model that reads none. */
  private static String recent(UserReference user, ModelManifest manifest) {
    return manifest
        .users()
        .recent()
        .map(
            source -> {
              if (recentVector(user).isEmpty()) {
                return ", recent not known: the model's default one";
              }
              return user instanceof UserReference.Known known
                      && known.origin() == UserReference.Origin.ENCODED
                  ? ", recent encoded from the newest "
                      + source.count()
                      + " known items at most, decay "
                      + source.decay()
                  : ", recent " + origin(user);
            })
        .orElse("");
  }

  private static String origin(UserReference user) {
    if (user instanceof UserReference.Known known) {
      return known.origin().key();
    }
    return user instanceof UserReference.Fallback fallback
        ? fallback.origin().key() + ", the model's default user"
        : "unresolved";
  }

  private static OutputExplainer explainer(ModelManifest manifest) {
    if (manifest.explanation().isPresent()) {
      for (int i = 0; i < manifest.scorer().rowInputs().size(); i++) {
        if (manifest.scorer().rowInputs().get(i) instanceof InputSource.ItemVector) {
          return new FactorShares(manifest.explanation().get(), i);
        }
      }
    }
    return OutputExplainer.PLAIN;
  }
}
