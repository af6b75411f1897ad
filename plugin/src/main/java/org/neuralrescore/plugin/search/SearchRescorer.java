// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.index.mapper.IdFieldMapper;
import org.elasticsearch.index.mapper.Uid;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.internal.ContextIndexSearcher;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.Rescorer;
import org.elasticsearch.tasks.TaskCancelledException;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.plugin.lucene.Combination;
import org.neuralrescore.plugin.lucene.FactorShares;
import org.neuralrescore.plugin.lucene.Feature;
import org.neuralrescore.plugin.lucene.NeuralRescorer;
import org.neuralrescore.plugin.lucene.OutputExplainer;
import org.neuralrescore.plugin.lucene.ScoringException;
import org.neuralrescore.plugin.lucene.TouchedShares;
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
    try {
      if (context.ready() instanceof NeuralRescoreContext.Ready.Model model) {
        return rescore(topDocs, searcher, context, model);
      }
      if (context.ready() instanceof NeuralRescoreContext.Ready.Without without) {
        throw without.failure();
      }
      context.setRescoredDocs(Set.of());
      return topDocs;
    } catch (ModelFailure failure) {
      return without(topDocs, context, failure);
    } catch (ContextIndexSearcher.TimeExceededException late) {
      return late(topDocs, context, late);
    } catch (TaskCancelledException cancelled) {
      context.services().stats().failed(FailureCause.CANCELLED.key());
      throw cancelled;
    }
  }

  /**
   * Elasticsearch answers a search that is out of time with what it has, {@code timed_out}: the
   * shard's hits would keep the query's scores among those of other shards' models.
   */
  private static TopDocs late(
      TopDocs topDocs,
      NeuralRescoreContext context,
      ContextIndexSearcher.TimeExceededException late) {
    if (context.request().onFailure() == FailurePolicy.FIRST_PASS) {
      return without(
          topDocs,
          context,
          new ModelFailure(
              FailureCause.TIMED_OUT,
              "model [" + context.request().model().text() + "]: the search's time was up"));
    }
    context.services().stats().failed(FailureCause.TIMED_OUT.key());
    tell(context, FailureCause.TIMED_OUT);
    throw late;
  }

  private static TopDocs rescore(
      TopDocs topDocs,
      IndexSearcher searcher,
      NeuralRescoreContext context,
      NeuralRescoreContext.Ready.Model model)
      throws IOException {
    String name = context.request().model().text();
    try (LoadedModel.Lease lease =
        model.model().lease().orElseThrow(() -> context.services().closed(model.hash(), name))) {
      TopDocs rescored =
          rescorer(context, model, lease, searcher)
              .rescore(searcher, topDocs, topDocs.scoreDocs.length);
      context.setRescoredDocs(new WindowDocs(topDocs, context.getWindowSize()));
      context.services().stats().rescored();
      return rescored;
    } catch (CircuitBreakingException full) {
      throw ModelFailure.noMemory(full);
    } catch (ScoringException failure) {
      throw failed(name, failure, searcher, context.request().user());
    }
  }

  private static ModelFailure failed(
      String model, ScoringException failure, IndexSearcher searcher, UserReference user)
      throws IOException {
    if (failure.doc().isEmpty()) {
      return new ModelFailure(
          FailureCause.RUN_FAILED, "model [" + model + "]: " + failure.getMessage());
    }
    String document =
        "model [" + model + "], document " + id(searcher, failure.doc().getAsInt()) + ": ";
    // Numbers that the caller made up are the caller's to mend.
    return user instanceof UserReference.Known known
            && known.origin() == UserReference.Origin.VECTOR
        ? new ModelFailure(
            FailureCause.NOT_FINITE,
            RestStatus.BAD_REQUEST,
            document + failure.getMessage() + ", with this [user.vector]")
        : new ModelFailure(FailureCause.NOT_FINITE, document + failure.getMessage());
  }

  private static String id(IndexSearcher searcher, int doc) throws IOException {
    BytesRef id =
        searcher
            .storedFields()
            .document(doc, Set.of(IdFieldMapper.NAME))
            .getBinaryValue(IdFieldMapper.NAME);
    return id == null ? "number " + doc : "[" + Uid.decodeId(id.bytes, id.offset, id.length) + "]";
  }

  private static TopDocs without(
      TopDocs topDocs, NeuralRescoreContext context, ModelFailure failure) {
    FailurePolicy policy = context.request().onFailure();
    SearchServices services = context.services();
    if (policy == FailurePolicy.ERROR) {
      services.stats().failed(failure.why().key());
      throw failure.thrown();
    }
    services.stats().degraded(failure.why().key());
    logger.log(
        services.isNews(failure.why(), context.request().model()) ? Level.WARN : Level.DEBUG,
        "the shard keeps its first pass: {}",
        failure.getMessage());
    tell(context, failure.why());
    context.setRescoredDocs(Set.of());
    return NeuralRescorer.notRescored(topDocs);
  }

  private static void tell(NeuralRescoreContext context, FailureCause why) {
    DegradedShards.tell(context.services().client().threadPool().getThreadContext(), why);
  }

  @Override
  public Explanation explain(
      int docId, IndexSearcher searcher, RescoreContext rescoreContext, Explanation firstPass)
      throws IOException {
    return SearchExplainer.explain(
        docId, searcher, (NeuralRescoreContext) rescoreContext, firstPass);
  }

  static NeuralRescorer rescorer(
      NeuralRescoreContext context,
      NeuralRescoreContext.Ready.Model model,
      LoadedModel.Lease lease,
      IndexSearcher searcher) {
    ModelManifest manifest = model.model().manifest();
    return NeuralRescorer.builder(lease.scorer(), lease.pool())
        .linear(lease.linear())
        .features(model.features())
        .user(user(context.request().user(), manifest))
        .context(rows(context.request(), manifest))
        .combination(new Combination(context.request().weight(), manifest.scorer().transform()))
        .explainer(explainer(manifest, model.features(), context.request().user()))
        .window(context.getWindowSize())
        .cancellation(context.cancellation(searcher))
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

  static Optional<FloatVector> recentVector(UserReference user) {
    return user instanceof UserReference.Known known ? known.recent() : Optional.empty();
  }

  private static OutputExplainer explainer(
      ModelManifest manifest, List<Feature> features, UserReference user) {
    if (manifest.explanation().isPresent()) {
      for (int i = 0; i < manifest.scorer().rowInputs().size(); i++) {
        if (manifest.scorer().rowInputs().get(i) instanceof InputSource.ItemVector) {
          return new FactorShares(
              manifest.explanation().get(),
              i,
              touched(manifest.explanation().get().wideScale(), features, user));
        }
      }
    }
    return OutputExplainer.PLAIN;
  }

  private static Optional<TouchedShares> touched(
      float wideScale, List<Feature> features, UserReference user) {
    for (int i = 0; i < features.size(); i++) {
      if (features.get(i) instanceof Feature.Stored stored
          && stored.column() instanceof NeighbourColumn column) {
        return Optional.of(
            new TouchedShares(wideScale, i, column.touched(), user.touched()::name, column));
      }
    }
    return Optional.empty();
  }
}
