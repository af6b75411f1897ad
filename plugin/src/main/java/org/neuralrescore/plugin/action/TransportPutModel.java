// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import java.io.IOException;
import java.util.Optional;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.Releasables;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.indices.breaker.CircuitBreakerService;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.neuralrescore.plugin.registry.ChangeRegistryRequest;
import org.neuralrescore.plugin.registry.DeploymentIndices;
import org.neuralrescore.plugin.registry.FileStore;
import org.neuralrescore.plugin.registry.ModelCache;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.registry.ModelExecutor;
import org.neuralrescore.plugin.registry.ModelRegistry;
import org.neuralrescore.plugin.registry.PluginNodes;
import org.neuralrescore.plugin.registry.RegistryChange;
import org.neuralrescore.plugin.registry.Sweep;
import org.neuralrescore.plugin.registry.SystemClient;
import org.neuralrescore.plugin.registry.Warming;
import org.neuralrescore.plugin.serving.Host;
import org.neuralrescore.plugin.serving.LoadedModel;
import org.neuralrescore.plugin.serving.OpeningHeap;
import org.neuralrescore.plugin.serving.Probe;

/**
 * Puts a model: reads the body and checks the bundle on the plugin's own threads, writes its files
 * under an upload of their own with the caller's privileges, lets the registry name that upload,
 * and opens it. The same model again is fine, the last upload wins; other bytes under a name and
 * generation that are there, and the same ones over other indices, are a conflict.
 */
public final class TransportPutModel
    extends HandledTransportAction<PutModelRequest, PutModelResponse> {
  /** The action's name, for roles. */
  public static final String NAME = "cluster:admin/neural_rescore/model/put";

  /** The action. */
  public static final ActionType<PutModelResponse> TYPE = new ActionType<>(NAME);

  static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(30);

  /** How long an answer waits for the model to be open. */
  private static final TimeValue WARMING = TimeValue.timeValueSeconds(10);

  private final ClusterService clusterService;
  private final CircuitBreakerService breakers;
  private final Client client;
  private final Host host;
  private final ModelCache cache;
  private final TimeValue patience;

  @Inject
  public TransportPutModel(
      TransportService transportService,
      ClusterService clusterService,
      CircuitBreakerService breakers,
      NodeClient client,
      Host host,
      ModelCache cache,
      ActionFilters actionFilters) {
    super(
        NAME,
        transportService,
        actionFilters,
        PutModelRequest::new,
        EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.clusterService = clusterService;
    this.breakers = breakers;
    this.client = client;
    this.host = host;
    this.cache = cache;
    this.patience = Sweep.patience(clusterService.getSettings());
  }

  @Override
  protected void doExecute(
      Task task, PutModelRequest request, ActionListener<PutModelResponse> listener) {
    PluginNodes.requireAll(clusterService.state().nodes());
    Probe probe =
        new Probe(
            ((CancellableTask) task)::ensureNotCancelled,
            client.threadPool()::relativeTimeInMillis);
    long body = request.body().length();
    long heap = PutModelBody.heap(request.type(), body) + OpeningHeap.reading(body);
    CircuitBreaker breaker = breakers.getBreaker(CircuitBreaker.REQUEST);
    breaker.addEstimateBytesAndMaybeBreak(heap, "neural-rescore upload of [" + request.id() + "]");
    Releasable counted = Releasables.releaseOnce(() -> breaker.addWithoutBreaking(-heap));
    client
        .threadPool()
        .executor(ModelExecutor.UPLOAD)
        .execute(
            ActionRunnable.wrap(
                ActionListener.releaseAfter(listener, counted),
                delegate -> put(request, probe, counted, delegate)));
  }

  private void put(
      PutModelRequest request,
      Probe probe,
      Releasable counted,
      ActionListener<PutModelResponse> listener)
      throws IOException {
    probe.begin();
    PutModelBody body = PutModelBody.read(request.body(), request.type());
    ModelRegistry registry = ModelRegistry.of(clusterService.state());
    Optional<ModelEntry> present = registry.model(request.id());
    DeploymentIndices indices =
        body.indices()
            .or(() -> present.map(entry -> entry.deployment().indices()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the body expects [items_index] and [users_index], the indices of the"
                            + " deployment: model ["
                            + request.id()
                            + "] is not there yet"));
    ModelEntry entry = BundleCheck.check(request.id(), indices, body.files(), host, probe);
    RegistryChange.PutModel change = new RegistryChange.PutModel(entry);
    // What the master would refuse need not be written first.
    change.apply(registry);
    long begun = client.threadPool().relativeTimeInMillis();
    new FileStore(client)
        .write(
            entry,
            body.files(),
            listener.delegateFailureAndWrap(
                (delegate, written) -> {
                  requireInTime(entry, begun);
                  // What follows reads the files anew, and counts them where it does.
                  counted.close();
                  new SystemClient(client)
                      .change(
                          new ChangeRegistryRequest(patience, TIMEOUT, change),
                          delegate.delegateFailureAndWrap(
                              (last, answer) ->
                                  warm(
                                      entry,
                                      last,
                                      new PutModelResponse(
                                          entry, answer.isAcknowledged(), present.isEmpty()))));
                }));
  }

  /**
   * Answers once the model is open on this node, or will not be, where it warms models: an alias
   * that moves right behind the answer finds it warm. The other nodes open it meanwhile.
   */
  private void warm(
      ModelEntry entry, ActionListener<PutModelResponse> listener, PutModelResponse answer) {
    if (!Warming.suits(clusterService.localNode())) {
      listener.onResponse(answer);
      return;
    }
    SubscribableListener<LoadedModel> warmed = new SubscribableListener<>();
    warmed.addTimeout(WARMING, client.threadPool(), EsExecutors.DIRECT_EXECUTOR_SERVICE);
    warmed.addListener(
        ActionListener.running(() -> listener.onResponse(answer)),
        EsExecutors.DIRECT_EXECUTOR_SERVICE,
        client.threadPool().getThreadContext());
    cache.warm(entry, warmed);
  }

  /** What takes longer may be swept before it is registered. */
  private void requireInTime(ModelEntry entry, long begun) {
    long millis = client.threadPool().relativeTimeInMillis() - begun;
    if (millis > patience.millis()) {
      throw new ElasticsearchStatusException(
          "the files of model ["
              + entry.id()
              + "] took "
              + TimeValue.timeValueMillis(millis)
              + " to write, more than "
              + patience
              + ": put it again when the cluster has less to do, or raise ["
              + Sweep.GRACE.getKey()
              + "]",
          RestStatus.SERVICE_UNAVAILABLE);
    }
  }
}
