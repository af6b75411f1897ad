// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.registry.BundleJson;
import org.neuralrescore.plugin.registry.Entries;
import org.neuralrescore.plugin.registry.ModelCache;
import org.neuralrescore.plugin.registry.ModelId;
import org.neuralrescore.plugin.registry.ModelRegistry;
import org.neuralrescore.plugin.registry.Openings;
import org.neuralrescore.plugin.registry.RegistryChange;
import org.neuralrescore.plugin.serving.Bundle;
import org.neuralrescore.plugin.serving.Hosts;
import org.neuralrescore.plugin.serving.LoadedModel;

class SearchRescorerTest {
  private final SearchServices services = new SearchServices();

  @BeforeEach
  void bind() {
    services.bind(
        () -> ClusterState.EMPTY_STATE,
        new ModelCache(
            (entry, file, listener) -> {},
            Hosts.free(),
            new Openings(new NoopCircuitBreaker("request"), 1),
            Runnable::run,
            new ThreadContext(Settings.EMPTY),
            () -> 0,
            hash -> true),
        (Client)
            Proxy.newProxyInstance(
                Client.class.getClassLoader(),
                new Class<?>[] {Client.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError(method);
                }));
  }

  private NeuralRescoreContext context(ModelReference model, NeuralRescoreContext.Ready ready) {
    return new NeuralRescoreContext(
        10,
        services,
        new RescoreRequest(
            model,
            new UserReference.Fallback(UserReference.Origin.DEFAULT),
            RequestContext.NONE,
            1,
            FailurePolicy.ERROR),
        ready);
  }

  private static TopDocs hits() {
    return new TopDocs(
        new TotalHits(1, TotalHits.Relation.EQUAL_TO), new ScoreDoc[] {new ScoreDoc(0, 2)});
  }

  private static TopDocs rescore(NeuralRescoreContext context) throws IOException {
    return SearchRescorer.INSTANCE.rescore(hits(), new IndexSearcher(new MultiReader()), context);
  }

  private static final SmallModel GONE = SmallModel.of("gone", "g1", 1);

  private NeuralRescoreContext closed() {
    LoadedModel model = LoadedModel.open(Bundle.of(GONE.files(), new BundleJson()), Hosts.free());
    model.release();
    String hash = Entries.of(GONE, GONE.files()).hash();
    return context(
        new ModelReference.Pinned(new ModelId("gone", "g1"), hash),
        new NeuralRescoreContext.Ready.Model(hash, model, List.of()));
  }

  @Test
  void rescore_ofAModelThatThisNodeDoesNotKnowYet_mayBeTriedAgain() {
    ElasticsearchStatusException failure =
        assertThrows(ElasticsearchStatusException.class, () -> rescore(closed()));
    assertEquals(RestStatus.SERVICE_UNAVAILABLE, failure.status());
    assertTrue(failure.getMessage().contains("[gone/g1] is not known"), failure.getMessage());
  }

  @Test
  void explain_ofAHitWhoseModelIsGone_saysSoAndFailsNothing() throws IOException {
    NeuralRescoreContext context = closed();
    context.setRescoredDocs(Set.of(0));
    Explanation first = Explanation.match(2f, "the query");
    Explanation why =
        SearchRescorer.INSTANCE.explain(0, new IndexSearcher(new MultiReader()), context, first);
    assertTrue(why.getDescription().contains("could not be explained: "), why.toString());
    assertEquals(2f, why.getValue());
    NeuralRescoreContext evicted =
        context(
            context.request().model(),
            new NeuralRescoreContext.Ready.Without(
                new ModelFailure(FailureCause.MODEL_NOT_OPEN, "it was closed")));
    evicted.setRescoredDocs(Set.of(0));
    why = SearchRescorer.INSTANCE.explain(0, new IndexSearcher(new MultiReader()), evicted, first);
    assertTrue(why.getDescription().contains("explained: [neural] it was closed"), why.toString());
    evicted.setRescoredDocs(Set.of());
    why = SearchRescorer.INSTANCE.explain(0, new IndexSearcher(new MultiReader()), evicted, first);
    assertTrue(why.getDescription().contains("not rescored"), why.toString());
  }

  @Test
  void rescore_ofAModelThatWasClosedMeanwhile_isAConflict() {
    services
        .seen()
        .note(
            new RegistryChange.PutModel(Entries.of(GONE, GONE.files())).apply(ModelRegistry.EMPTY));
    ElasticsearchStatusException failure =
        assertThrows(ElasticsearchStatusException.class, () -> rescore(closed()));
    assertEquals(RestStatus.CONFLICT, failure.status());
    assertTrue(failure.getMessage().contains("[gone/g1] was deleted while"), failure.getMessage());
    assertEquals(Map.of("model_deleted", 1L), services.stats().read().failed());
    assertEquals(Map.of(), services.stats().read().degraded());
  }

  @Test
  void rescore_ofASearchThatGoesWithout_leavesScoresAsTheyAre() throws IOException {
    TopDocs same =
        rescore(
            context(
                new ModelReference.Unavailable("ghost", FailureCause.UNKNOWN_MODEL),
                new NeuralRescoreContext.Ready.Unavailable()));
    assertEquals(2, same.scoreDocs[0].score);
  }

  @Test
  void toClient_hasTheStatusOfItsCause() {
    for (FailureCause cause : FailureCause.values()) {
      Exception forClient = new ModelFailure(cause, "x").toClient();
      assertEquals(
          cause.status(), ((ElasticsearchStatusException) forClient).status(), cause.key());
    }
  }
}
