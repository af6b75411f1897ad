// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.elasticsearch.action.support.MappedActionFilter;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.indices.breaker.BreakerSettings;
import org.elasticsearch.plugins.CircuitBreakerPlugin;
import org.elasticsearch.plugins.ClusterCoordinationPlugin;
import org.elasticsearch.plugins.NetworkPlugin;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.threadpool.ExecutorBuilder;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportInterceptor;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.neuralrescore.plugin.action.TransportDeleteAlias;
import org.neuralrescore.plugin.action.TransportDeleteModel;
import org.neuralrescore.plugin.action.TransportGetRegistry;
import org.neuralrescore.plugin.action.TransportPutAlias;
import org.neuralrescore.plugin.action.TransportPutModel;
import org.neuralrescore.plugin.action.TransportRecover;
import org.neuralrescore.plugin.line.LinePlugin;
import org.neuralrescore.plugin.line.StateSection;
import org.neuralrescore.plugin.onnx.NativeLibrary;
import org.neuralrescore.plugin.onnx.RunTerms;
import org.neuralrescore.plugin.onnx.RunWatch;
import org.neuralrescore.plugin.registry.JoinCheck;
import org.neuralrescore.plugin.registry.ModelCache;
import org.neuralrescore.plugin.registry.ModelExecutor;
import org.neuralrescore.plugin.registry.ModelRegistry;
import org.neuralrescore.plugin.registry.ModelSettings;
import org.neuralrescore.plugin.registry.Openings;
import org.neuralrescore.plugin.registry.PluginNodes;
import org.neuralrescore.plugin.registry.Sweep;
import org.neuralrescore.plugin.registry.SystemClient;
import org.neuralrescore.plugin.registry.TransportChangeRegistry;
import org.neuralrescore.plugin.registry.TransportReadFile;
import org.neuralrescore.plugin.registry.Warming;
import org.neuralrescore.plugin.rest.RestDeleteAlias;
import org.neuralrescore.plugin.rest.RestDeleteModel;
import org.neuralrescore.plugin.rest.RestGetAliases;
import org.neuralrescore.plugin.rest.RestGetModels;
import org.neuralrescore.plugin.rest.RestPutAlias;
import org.neuralrescore.plugin.rest.RestPutModel;
import org.neuralrescore.plugin.rest.RestRecover;
import org.neuralrescore.plugin.search.DegradedShards;
import org.neuralrescore.plugin.search.HiddenIdsQuery;
import org.neuralrescore.plugin.search.HiddenOrdinalsQuery;
import org.neuralrescore.plugin.search.LookUpQuery;
import org.neuralrescore.plugin.search.NeuralRescorerBuilder;
import org.neuralrescore.plugin.search.ResponseHeaderFilter;
import org.neuralrescore.plugin.search.SearchServices;
import org.neuralrescore.plugin.serving.Host;
import org.neuralrescore.plugin.stats.RestGetStats;
import org.neuralrescore.plugin.stats.TransportStats;

/**
 * Registers the parts with Elasticsearch and wires them; does nothing else. Elasticsearch means to
 * close {@link NetworkPlugin} to others one day; until then nothing else shows a coordinating node
 * every shard's response headers ({@link DegradedShards}).
 */
@SuppressWarnings("deprecation")
public final class NeuralRescorePlugin extends LinePlugin
    implements SearchPlugin, NetworkPlugin, CircuitBreakerPlugin, ClusterCoordinationPlugin {
  private static final String PLUGIN_NAME = "neural-rescore";

  private final SearchServices services = new SearchServices();
  private final BreakerAccount memory = new BreakerAccount();

  @Override
  public Collection<?> createComponents(PluginServices node) {
    NodeVersion.requireSupported();
    NativeLibrary.locate(node.environment().pluginsDir().resolve(PLUGIN_NAME));
    Client client = node.client();
    ThreadPool threads = node.threadPool();
    RunWatch watch =
        new RunWatch(
            (millis, task) ->
                threads.schedule(
                    task,
                    TimeValue.timeValueMillis(millis),
                    threads.executor(ThreadPool.Names.GENERIC)));
    Host host =
        new Host(
            new RunTerms(watch, memory),
            new ModelSettings(
                node.environment().settings(), node.clusterService().getClusterSettings()));
    ModelCache cache =
        new ModelCache(
            new SystemClient(client),
            host,
            new Openings(
                node.indicesService().getCircuitBreakerService().getBreaker(CircuitBreaker.REQUEST),
                ModelExecutor.openings(node.environment().settings())),
            node.threadPool().executor(ModelExecutor.OPEN),
            node.threadPool().getThreadContext(),
            node.threadPool()::relativeTimeInMillis,
            hash -> ModelRegistry.of(node.clusterService().state()).byHash(hash).isPresent());
    memory.relieveBy(
        new BreakerAccount.Relief() {
          @Override
          public void letGoBuffers() {
            cache.letGoBatches();
          }

          @Override
          public boolean closeModel() {
            return cache.closeForRoom();
          }
        });
    // After the settings' own consumer, which was there first.
    node.clusterService()
        .getClusterSettings()
        .addSettingsUpdateConsumer(ModelSettings.CACHE, changed -> cache.trim());
    node.clusterService()
        .addListener(
            event -> {
              ModelRegistry registry = ModelRegistry.of(event.state());
              if (!registry.equals(ModelRegistry.of(event.previousState()))) {
                services.seen().note(registry);
                cache.retain(registry);
              }
            });
    node.clusterService()
        .addListener(new Warming(cache, threads.executor(ThreadPool.Names.GENERIC)));
    Sweep.schedule(node.clusterService(), new SystemClient(client), node.threadPool());
    services.bind(node.clusterService()::state, cache, client);
    return List.of(host, cache, services.stats());
  }

  @Override
  public Settings additionalSettings() {
    return PluginNodes.attributes();
  }

  @Override
  public BiConsumer<DiscoveryNode, ClusterState> getJoinValidator() {
    return new JoinCheck();
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
    return List.of(LookUpQuery.spec(), HiddenIdsQuery.spec(), HiddenOrdinalsQuery.spec());
  }

  @Override
  public List<TransportInterceptor> getTransportInterceptors(
      NamedWriteableRegistry namedWriteableRegistry, ThreadContext threadContext) {
    return List.of(new DegradedShards(threadContext, services));
  }

  @Override
  protected void addTo(Actions actions) {
    actions
        .add(TransportPutModel.TYPE, TransportPutModel.class)
        .add(TransportDeleteModel.TYPE, TransportDeleteModel.class)
        .add(TransportGetRegistry.TYPE, TransportGetRegistry.class)
        .add(TransportPutAlias.TYPE, TransportPutAlias.class)
        .add(TransportDeleteAlias.TYPE, TransportDeleteAlias.class)
        .add(TransportRecover.TYPE, TransportRecover.class)
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
        new RestRecover(),
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
    return ModelExecutor.builders(settings);
  }

  @Override
  public List<Setting<?>> getSettings() {
    return Stream.concat(ModelSettings.all().stream(), Stream.of(Sweep.GRACE)).toList();
  }

  @Override
  public BreakerSettings getCircuitBreaker(Settings settings) {
    return BreakerAccount.settings(settings);
  }

  @Override
  public void setCircuitBreaker(CircuitBreaker breaker) {
    memory.bind(breaker);
  }
}
