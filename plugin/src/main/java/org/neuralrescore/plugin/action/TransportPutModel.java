package org.neuralrescore.plugin.action;

import java.util.Map;
import java.util.Optional;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.neuralrescore.plugin.registry.ChangeRegistryRequest;
import org.neuralrescore.plugin.registry.FileStore;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.registry.ModelExecutor;
import org.neuralrescore.plugin.registry.ModelRegistry;
import org.neuralrescore.plugin.registry.RegistryChange;
import org.neuralrescore.plugin.registry.SystemClient;
import org.neuralrescore.plugin.serving.Host;
import org.neuralrescore.plugin.serving.Probe;

/**
 * Puts a model: checks the bundle on the plugin's own threads, writes its files with the caller's
 * privileges, then lets the registry name it. The same bytes again are fine and write the files
 * anew; other bytes under a name and generation that are there are a conflict.
 */
public final class TransportPutModel
    extends HandledTransportAction<PutModelRequest, PutModelResponse> {
  /** The action's name, for roles. */
  public static final String NAME = "cluster:admin/neural_rescore/model/put";

  /** The action. */
  public static final ActionType<PutModelResponse> TYPE = new ActionType<>(NAME);

  static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(30);

  private final ClusterService clusterService;
  private final Client client;
  private final Host host;

  @Inject
  public TransportPutModel(
      TransportService transportService,
      ClusterService clusterService,
      NodeClient client,
      Host host,
      ActionFilters actionFilters) {
    super(
        NAME,
        transportService,
        actionFilters,
        PutModelRequest::new,
        EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.clusterService = clusterService;
    this.client = client;
    this.host = host;
  }

  @Override
  protected void doExecute(
      Task task, PutModelRequest request, ActionListener<PutModelResponse> listener) {
    Probe probe =
        new Probe(
            ((CancellableTask) task)::ensureNotCancelled,
            client.threadPool()::relativeTimeInMillis);
    client
        .threadPool()
        .executor(ModelExecutor.UPLOAD)
        .execute(
            ActionRunnable.wrap(
                listener,
                delegate -> put(request, BundleCheck.check(request, host, probe), delegate)));
  }

  private void put(
      PutModelRequest request, ModelEntry entry, ActionListener<PutModelResponse> listener) {
    Optional<ModelEntry> present = ModelRegistry.of(clusterService.state()).model(entry.id());
    if (present.isPresent() && !present.get().hash().equals(entry.hash())) {
      throw new ElasticsearchStatusException(
          "model ["
              + entry.id()
              + "] is there with hash "
              + present.get().hash()
              + ", got "
              + entry.hash()
              + ": a generation never changes, put another one",
          RestStatus.CONFLICT);
    }
    Map<String, byte[]> files = request.files();
    new FileStore(client)
        .write(
            entry,
            files,
            listener.delegateFailureAndWrap(
                (delegate, written) ->
                    new SystemClient(client)
                        .change(
                            new ChangeRegistryRequest(
                                TIMEOUT, TIMEOUT, new RegistryChange.PutModel(entry)),
                            delegate.map(done -> new PutModelResponse(entry, present.isEmpty())))));
  }
}
