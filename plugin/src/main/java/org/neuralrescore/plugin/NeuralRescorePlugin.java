package org.neuralrescore.plugin;

import java.util.Collection;
import java.util.List;
import org.elasticsearch.action.support.MappedActionFilter;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.plugins.NetworkPlugin;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.threadpool.ExecutorBuilder;
import org.elasticsearch.transport.TransportInterceptor;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.neuralrescore.plugin.action.TransportDeleteAlias;
import org.neuralrescore.plugin.action.TransportDeleteModel;
import org.neuralrescore.plugin.action.TransportGetRegistry;
import org.neuralrescore.plugin.action.TransportPutAlias;
import org.neuralrescore.plugin.action.TransportPutModel;
import org.neuralrescore.plugin.line.LinePlugin;
import org.neuralrescore.plugin.line.StateSection;
import org.neuralrescore.plugin.onnx.NativeLibrary;
import org.neuralrescore.plugin.registry.ModelCache;
import org.neuralrescore.plugin.registry.ModelExecutor;
import org.neuralrescore.plugin.registry.ModelRegistry;
import org.neuralrescore.plugin.registry.SystemClient;
import org.neuralrescore.plugin.registry.TransportChangeRegistry;
import org.neuralrescore.plugin.registry.TransportReadFile;
import org.neuralrescore.plugin.rest.RestDeleteAlias;
import org.neuralrescore.plugin.rest.RestDeleteModel;
import org.neuralrescore.plugin.rest.RestGetAliases;
import org.neuralrescore.plugin.rest.RestGetModels;
import org.neuralrescore.plugin.rest.RestPutAlias;
import org.neuralrescore.plugin.rest.RestPutModel;
import org.neuralrescore.plugin.search.DegradedShards;
import org.neuralrescore.plugin.search.HiddenIdsQuery;
import org.neuralrescore.plugin.search.NeuralRescorerBuilder;
import org.neuralrescore.plugin.search.ResponseHeaderFilter;
import org.neuralrescore.plugin.search.SearchServices;
import org.neuralrescore.plugin.stats.RestGetStats;
import org.neuralrescore.plugin.stats.TransportStats;

/**
 * Registers the parts with Elasticsearch and wires them; does nothing else. Elasticsearch means to
 * close {@link NetworkPlugin} to others one day; until then nothing else shows a coordinating node
 * every shard's response headers ({@link DegradedShards}).
 */
@SuppressWarnings("deprecation")
public final class NeuralRescorePlugin extends LinePlugin implements SearchPlugin, NetworkPlugin {
  private static final String PLUGIN_NAME = "neural-rescore";

  private final SearchServices services = new SearchServices();

  @Override
  public Collection<?> createComponents(PluginServices node) {
    NodeVersion.requireSupported();
    NativeLibrary.locate(node.environment().pluginsDir().resolve(PLUGIN_NAME));
    Client client = node.client();
    ModelCache cache =
        new ModelCache(
            new SystemClient(client),
            node.threadPool().executor(ModelExecutor.NAME),
            node.threadPool().getThreadContext(),
            node.threadPool()::relativeTimeInMillis);
    node.clusterService()
        .addListener(
            event -> {
              ModelRegistry registry = ModelRegistry.of(event.state());
              if (!registry.equals(ModelRegistry.of(event.previousState()))) {
                cache.retain(registry);
              }
            });
    services.bind(node.clusterService(), cache, client);
    return List.of(services.stats());
  }

  @Override
  public List<RescorerSpec<?>> getRescorers() {
    return List.of(
        new RescorerSpec<>(
            NeuralRescorerBuilder.NAME,
            in -> new NeuralRescorerBuilder(services, in),
            parser -> NeuralRescorerBuilder.parse(services, parser)));
  }

  @Override
  public List<QuerySpec<?>> getQueries() {
    return List.of(HiddenIdsQuery.spec());
  }

  @Override
  public List<TransportInterceptor> getTransportInterceptors(
      NamedWriteableRegistry namedWriteableRegistry, ThreadContext threadContext) {
    return List.of(new DegradedShards(threadContext));
  }

  @Override
  protected void addTo(Actions actions) {
    actions
        .add(TransportPutModel.TYPE, TransportPutModel.class)
        .add(TransportDeleteModel.TYPE, TransportDeleteModel.class)
        .add(TransportGetRegistry.TYPE, TransportGetRegistry.class)
        .add(TransportPutAlias.TYPE, TransportPutAlias.class)
        .add(TransportDeleteAlias.TYPE, TransportDeleteAlias.class)
        .add(TransportChangeRegistry.TYPE, TransportChangeRegistry.class)
        .add(TransportReadFile.TYPE, TransportReadFile.class)
        .add(TransportStats.TYPE, TransportStats.class);
  }

  @Override
  public Collection<MappedActionFilter> getMappedActionFilters() {
    return List.of(new ResponseHeaderFilter(services));
  }

  @Override
  protected List<RestHandler> restHandlers() {
    return List.of(
        new RestPutModel(),
        new RestGetModels(),
        new RestDeleteModel(),
        new RestPutAlias(),
        new RestGetAliases(),
        new RestDeleteAlias(),
        new RestGetStats());
  }

  @Override
  public List<NamedWriteableRegistry.Entry> getNamedWriteables() {
    return StateSection.wire(ModelRegistry.TYPE, ModelRegistry::read);
  }

  @Override
  public List<NamedXContentRegistry.Entry> getNamedXContent() {
    return List.of(StateSection.disk(ModelRegistry.TYPE, ModelRegistry::parse));
  }

  @Override
  public List<ExecutorBuilder<?>> getExecutorBuilders(Settings settings) {
    return List.of(ModelExecutor.builder(settings));
  }
}
