// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.indices.breaker.CircuitBreakerService;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.neuralrescore.plugin.action.RecoverResponse.Findings;
import org.neuralrescore.plugin.registry.ChangeRegistryRequest;
import org.neuralrescore.plugin.registry.DeployedAlias;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.registry.ModelId;
import org.neuralrescore.plugin.registry.ModelRegistry;
import org.neuralrescore.plugin.registry.RegistryChange;
import org.neuralrescore.plugin.registry.RegistryCopy;
import org.neuralrescore.plugin.registry.SystemClient;
import org.neuralrescore.plugin.registry.WholeModels;

/**
 * Rebuilds the registry from its copy beside the files, after a restore of a snapshot or a start
 * without the plugin: what the registry has stays as it is, and of the rest comes back what has all
 * its files, with the right bytes.
 */
public final class TransportRecover
    extends HandledTransportAction<RecoverRequest, RecoverResponse> {
  /** The action's name, for roles. */
  public static final String NAME = "cluster:admin/neural_rescore/recover";

  /** The action. */
  public static final ActionType<RecoverResponse> TYPE = new ActionType<>(NAME);

  private final ClusterService clusterService;
  private final CircuitBreakerService breakers;
  private final SystemClient client;
  private final Executor executor;

  @Inject
  public TransportRecover(
      TransportService transportService,
      ClusterService clusterService,
      CircuitBreakerService breakers,
      NodeClient client,
      ThreadPool threadPool,
      ActionFilters actionFilters) {
    super(NAME, transportService, actionFilters, RecoverRequest::new, threadPool.generic());
    this.clusterService = clusterService;
    this.breakers = breakers;
    this.client = new SystemClient(client);
    this.executor = threadPool.generic();
  }

  @Override
  protected void doExecute(
      Task task, RecoverRequest request, ActionListener<RecoverResponse> listener) {
    ClusterState state = RegistryState.readable(clusterService.state());
    ModelRegistry registry = ModelRegistry.of(state);
    Findings models = Findings.none();
    Findings aliases = Findings.none();
    ModelRegistry copy =
        RegistryCopy.read(
            state,
            (model, damage) ->
                damaged(models, model, has(registry.models().keySet(), model), damage),
            (alias, damage) ->
                damaged(aliases, alias, registry.aliases().containsKey(alias), damage));
    List<ModelEntry> missed = new ArrayList<>();
    for (ModelEntry entry : copy.models().values()) {
      if (registry.model(entry.id()).isPresent()) {
        models.there().add(entry.id().toString());
      } else {
        missed.add(entry);
      }
    }
    WholeModels.find(
        breakers.getBreaker(CircuitBreaker.REQUEST),
        client,
        missed,
        executor,
        (entry, failure) ->
            models
                .lost()
                .put(entry.id().toString(), ExceptionsHelper.unwrapCause(failure).getMessage()),
        listener.delegateFailureAndWrap(
            (delegate, whole) -> {
              whole.forEach(entry -> models.recovered().add(entry.id().toString()));
              recover(request, registry, copy, whole, models, aliases, delegate);
            }));
  }

  private static boolean has(Set<ModelId> models, String named) {
    return models.stream().anyMatch(id -> id.toString().equals(named));
  }

  /** What the registry itself has needs no copy. */
  private static void damaged(Findings findings, String name, boolean there, String damage) {
    if (there) {
      findings.there().add(name);
    } else {
      findings.lost().put(name, "its entry is damaged: " + damage);
    }
  }

  private void recover(
      RecoverRequest request,
      ModelRegistry registry,
      ModelRegistry copy,
      List<ModelEntry> whole,
      Findings models,
      Findings aliases,
      ActionListener<RecoverResponse> listener) {
    TreeMap<String, DeployedAlias> back = new TreeMap<>();
    copy.aliases()
        .forEach(
            (alias, target) -> {
              if (registry.aliases().containsKey(alias)) {
                aliases.there().add(alias);
              } else if (registry.model(target.model()).isPresent()
                  || whole.stream().anyMatch(entry -> entry.id().equals(target.model()))) {
                back.put(alias, target);
                aliases.recovered().add(alias);
              } else {
                aliases.lost().put(alias, "its model [" + target.model() + "] is lost");
              }
            });
    if (request.isDryRun() || (whole.isEmpty() && back.isEmpty())) {
      listener.onResponse(new RecoverResponse(request.isDryRun(), true, models, aliases));
      return;
    }
    client.change(
        new ChangeRegistryRequest(
            TransportPutModel.TIMEOUT,
            TransportPutModel.TIMEOUT,
            new RegistryChange.Recover(whole, back)),
        listener.map(
            answer -> new RecoverResponse(false, answer.isAcknowledged(), models, aliases)));
  }
}
