// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.lucene.MemoryAccount;
import org.neuralrescore.plugin.serving.Host;
import org.neuralrescore.plugin.serving.Hosts;
import org.neuralrescore.plugin.serving.LoadedModel;
import org.neuralrescore.plugin.serving.ModelLimits;

class ModelCacheTest {
  private static final SmallModel OTHER = SmallModel.of("films", "g2", 2);

  private final SmallModel model = SmallModel.of("films", "g1", 1);
  private final Map<String, byte[]> stored = new HashMap<>(model.files());
  private final ModelEntry entry = Entries.of(model, model.files());
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicLong clock = new AtomicLong();
  private final Set<String> deleted = new HashSet<>();
  private final ModelCache cache =
      new ModelCache(
          this::read,
          Hosts.free(),
          openings(),
          Runnable::run,
          new ThreadContext(Settings.EMPTY),
          clock::get,
          hash -> !deleted.contains(hash));

  private static Openings openings() {
    return new Openings(new NoopCircuitBreaker("request"), 2);
  }

  private void read(ModelEntry read, String file, ActionListener<byte[]> listener) {
    reads.incrementAndGet();
    byte[] bytes = stored.get(file);
    if (bytes == null) {
      listener.onFailure(new IllegalStateException("no [" + file + "]"));
    } else {
      listener.onResponse(bytes);
    }
  }

  private static final class Result implements ActionListener<LoadedModel> {
    private final List<LoadedModel> models = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();

    @Override
    public void onResponse(LoadedModel loaded) {
      models.add(loaded);
    }

    @Override
    public void onFailure(Exception failure) {
      failures.add(failure);
    }
  }

  private Result load() {
    Result result = new Result();
    cache.load(entry, result);
    return result;
  }

  @Test
  void load_twice_opensOnce() {
    LoadedModel first = load().models.get(0);
    assertSame(first, load().models.get(0));
    assertSame(first, cache.get(entry.hash()).orElseThrow());
    assertEquals(4, reads.get());
    cache.retain(Set.of());
  }

  @Test
  void load_whileAnotherLoads_waitsForThatOne() throws Exception {
    int callers = 8;
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(callers);
    AtomicInteger opened = new AtomicInteger();
    ExecutorService openers = Executors.newSingleThreadExecutor();
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    ModelCache shared =
        new ModelCache(
            this::read,
            Hosts.free(),
            openings(),
            openers,
            new ThreadContext(Settings.EMPTY),
            clock::get,
            hash -> !deleted.contains(hash));
    Set<LoadedModel> models = ConcurrentHashMap.newKeySet();
    try {
      for (int i = 0; i < callers; i++) {
        threads.execute(
            () -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              shared.load(
                  entry,
                  ActionListener.wrap(
                      loaded -> {
                        models.add(loaded);
                        opened.incrementAndGet();
                        done.countDown();
                      },
                      failure -> done.countDown()));
            });
      }
      go.countDown();
      assertTrue(done.await(60, TimeUnit.SECONDS));
    } finally {
      threads.shutdownNow();
      openers.shutdownNow();
    }
    assertEquals(callers, opened.get());
    assertEquals(1, models.size());
    assertEquals(4, reads.get());
    shared.retain(Set.of());
    assertEquals(0, models.iterator().next().references());
  }

  @Test
  void load_afterAFailure_failsAtOnceForAWhileAndThenTriesAgain() {
    byte[] scorer = stored.remove("scorer.onnx");
    Exception failure = load().failures.get(0);
    int after = reads.get();
    stored.put("scorer.onnx", scorer);
    clock.set(ModelCache.FAILURE_MILLIS - 1);
    assertSame(failure, load().failures.get(0));
    assertEquals(after, reads.get());
    clock.set(ModelCache.FAILURE_MILLIS);
    assertEquals(1, load().models.size());
    cache.retain(Set.of());
  }

  @Test
  void load_whenAFileWasChanged_isRefused() {
    stored.put("scorer.onnx", new byte[] {1});
    Exception failure = load().failures.get(0);
    assertTrue(failure.getMessage().contains("changed behind the registry"), failure.getMessage());
  }

  @Test
  void retain_withoutTheModel_closesItAfterItsLastLease() {
    LoadedModel loaded = load().models.get(0);
    LoadedModel.Lease lease = loaded.lease().orElseThrow();
    cache.retain(Set.of());
    assertTrue(cache.get(entry.hash()).isEmpty());
    assertEquals(1, loaded.references());
    lease.close();
    assertEquals(0, loaded.references());
  }

  /** A cache of two models, of which this host has room for so many bytes, or counts so many. */
  private ModelCache cache(Host host) {
    Map<String, byte[]> others = OTHER.files();
    return new ModelCache(
        (read, file, listener) ->
            listener.onResponse((read.id().equals(entry.id()) ? stored : others).get(file)),
        host,
        openings(),
        Runnable::run,
        new ThreadContext(Settings.EMPTY),
        clock::get,
        hash -> !deleted.contains(hash));
  }

  private static LoadedModel load(ModelCache cache, ModelEntry entry) {
    Result result = new Result();
    cache.load(entry, result);
    return result.models.get(0);
  }

  @Test
  void load_beyondTheCachesMemory_closesWhatWasIdleLongest() {
    Host free = Hosts.free();
    ModelLimits most = ModelLimits.DEFAULT;
    ModelCache small =
        cache(
            new Host(free.terms(), () -> new ModelLimits(most.openBytes(), most.windowBytes(), 1)));
    ModelEntry other = Entries.of(OTHER, OTHER.files());
    LoadedModel first = load(small, entry);
    clock.set(ModelCache.IDLE_MILLIS - 1);
    LoadedModel second = load(small, other);
    // A search asked for the first one just now, and may come to it yet.
    assertEquals(List.of(1, 1), List.of(first.references(), second.references()));
    clock.set(ModelCache.IDLE_MILLIS);
    small.trim();
    assertEquals(List.of(0, 1), List.of(first.references(), second.references()));
    assertTrue(small.get(entry.hash()).isEmpty());
    // What a search holds stays.
    clock.set(3 * ModelCache.IDLE_MILLIS);
    LoadedModel.Lease held = second.lease().orElseThrow();
    LoadedModel again = load(small, entry);
    assertEquals(List.of(1, 2), List.of(again.references(), second.references()));
    held.close();
    small.retain(Set.of());
  }

  /** A breaker. */
  private static MemoryAccount counting(AtomicLong taken, AtomicLong room) {
    return new MemoryAccount() {
      @Override
      public void take(long bytes, String what) {
        if (taken.get() + bytes > room.get()) {
          throw new CircuitBreakingException(
              "no room for " + what, CircuitBreaker.Durability.TRANSIENT);
        }
        taken.addAndGet(bytes);
      }

      @Override
      public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
      }
    };
  }

  @Test
  void load_whereTheBreakerHasNoRoom_closesIdleModelsAndElseFails() {
    AtomicLong taken = new AtomicLong();
    AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    ModelCache full = cache(Hosts.counting(counting(taken, room)));
    ModelEntry other = Entries.of(OTHER, OTHER.files());
    LoadedModel first = load(full, entry);
    room.set(taken.get());
    Result refused = new Result();
    full.load(other, refused);
    assertTrue(refused.failures.get(0) instanceof CircuitBreakingException);
    assertEquals(1, first.references());
    clock.set(ModelCache.IDLE_MILLIS);
    LoadedModel second = load(full, other);
    assertEquals(List.of(0, 1), List.of(first.references(), second.references()));
    full.retain(Set.of());
    assertEquals(0, taken.get());
  }

  /** Native sessions may take long to close: no search waits for that. */
  @Test
  void close_ofWhateverModel_isDoneWithoutTheCachesLock() {
    AtomicReference<ModelCache> closing = new AtomicReference<>();
    AtomicInteger closed = new AtomicInteger();
    AtomicInteger locked = new AtomicInteger();
    MemoryAccount memory =
        new MemoryAccount() {
          @Override
          public void take(long bytes, String what) {}

          @Override
          public void giveBack(long bytes) {
            closed.incrementAndGet();
            if (Thread.holdsLock(closing.get())) {
              locked.incrementAndGet();
            }
          }
        };
    Host host = Hosts.counting(memory);
    ModelLimits most = ModelLimits.DEFAULT;
    closing.set(
        cache(
            new Host(
                host.terms(), () -> new ModelLimits(most.openBytes(), most.windowBytes(), 1))));
    load(closing.get(), entry);
    clock.set(ModelCache.IDLE_MILLIS);
    closing.get().trim();
    load(closing.get(), entry);
    clock.set(2 * ModelCache.IDLE_MILLIS);
    assertTrue(closing.get().closeForRoom());
    load(closing.get(), entry);
    closing.get().retain(Set.of());
    assertTrue(closed.get() >= 3, "three models are closed");
    assertEquals(0, locked.get());
  }

  @Test
  void warm_opensWhatASearchThenFinds() {
    Result warmed = new Result();
    cache.warm(entry, warmed);
    assertEquals(Set.of("films/g1"), cache.open());
    assertSame(warmed.models.get(0), cache.get(entry.hash()).orElseThrow());
    cache.warm(entry, warmed);
    assertSame(warmed.models.get(1), load().models.get(0));
    assertEquals(4, reads.get());
    cache.retain(Set.of());
    assertEquals(Set.of(), cache.open());
    assertEquals(0, warmed.models.get(0).references());
  }

  @Test
  void warm_beyondTheCachesMemory_opensNothingAndLeavesItToASearch() {
    ModelLimits most = ModelLimits.DEFAULT;
    ModelEntry other = Entries.of(OTHER, OTHER.files());
    ModelCache small =
        cache(
            new Host(
                Hosts.free().terms(),
                () -> new ModelLimits(most.openBytes(), most.windowBytes(), 4_096)));
    LoadedModel first = load(small, entry);
    clock.set(2 * ModelCache.IDLE_MILLIS);
    Result refused = new Result();
    small.warm(other, refused);
    assertEquals(1, refused.failures.size());
    assertEquals(Set.of("films/g1"), small.open());
    assertEquals(1, first.references());
    assertEquals(1, load(small, other).references());
    small.retain(Set.of());
  }

  @Test
  void warm_whereTheBreakerHasNoRoom_closesNothingAndFailsNoSearch() {
    AtomicLong taken = new AtomicLong();
    AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    ModelCache full = cache(Hosts.counting(counting(taken, room)));
    ModelEntry other = Entries.of(OTHER, OTHER.files());
    LoadedModel first = load(full, entry);
    room.set(taken.get());
    clock.set(ModelCache.IDLE_MILLIS);
    Result refused = new Result();
    full.warm(other, refused);
    assertTrue(refused.failures.get(0) instanceof CircuitBreakingException);
    assertEquals(1, first.references());
    LoadedModel second = load(full, other);
    assertEquals(List.of(0, 1), List.of(first.references(), second.references()));
    full.retain(Set.of());
    assertEquals(0, taken.get());
  }

  @Test
  void warm_thatCannotReadTheFiles_isTriedAgainByTheNextSearch() {
    byte[] scorer = stored.remove("scorer.onnx");
    Result failed = new Result();
    cache.warm(entry, failed);
    assertEquals(1, failed.failures.size());
    stored.put("scorer.onnx", scorer);
    assertEquals(1, load().models.size());
    cache.retain(Set.of());
  }

  @Test
  void retain_withTheModel_keepsIt() {
    LoadedModel loaded = load().models.get(0);
    cache.retain(new RegistryChange.PutModel(entry).apply(ModelRegistry.EMPTY));
    assertSame(loaded, cache.get(entry.hash()).orElseThrow());
    cache.retain(ModelRegistry.EMPTY);
    assertTrue(cache.get(entry.hash()).isEmpty());
  }

  @Test
  void retain_whileTheModelIsBeingOpened_closesItAndFailsTheLoad() {
    List<Runnable> later = new ArrayList<>();
    ModelCache slow =
        new ModelCache(
            this::read,
            Hosts.free(),
            openings(),
            later::add,
            new ThreadContext(Settings.EMPTY),
            clock::get,
            hash -> !deleted.contains(hash));
    Result result = new Result();
    slow.load(entry, result);
    slow.retain(Set.of());
    later.forEach(Runnable::run);
    assertTrue(result.failures.get(0).getMessage().contains("deleted"));
    assertTrue(slow.get(entry.hash()).isEmpty());
  }

  @Test
  void load_behindTheModelsDeletion_leavesNothingOpen() {
    deleted.add(entry.hash());
    cache.retain(Set.of());
    // It asked the registry before.
    Result late = load();
    assertTrue(late.failures.get(0).getMessage().contains("deleted"), late.failures.toString());
    assertEquals(Set.of(), cache.open());
  }

  @Test
  void warm_whereAWindowCouldMakeRoom_closesNothing() {
    List<Boolean> closed = new ArrayList<>();
    AtomicReference<ModelCache> full = new AtomicReference<>();
    full.set(
        cache(
            Hosts.counting(
                new MemoryAccount() {
                  @Override
                  public void take(long bytes, String what) {
                    closed.add(full.get().closeForRoom());
                  }

                  @Override
                  public void giveBack(long bytes) {}
                })));
    LoadedModel first = load(full.get(), entry);
    clock.set(ModelCache.IDLE_MILLIS);
    closed.clear();
    full.get().warm(Entries.of(OTHER, OTHER.files()), new Result());
    assertTrue(closed.size() > 1 && !closed.contains(true), closed.toString());
    assertEquals(1, first.references());
    assertTrue(full.get().closeForRoom());
    assertEquals(0, first.references());
    full.get().retain(Set.of());
  }

  @Test
  void load_ofManyModels_readsAFewAtATime() {
    Map<String, ActionListener<byte[]>> asked = new HashMap<>();
    ModelCache few =
        new ModelCache(
            (read, file, listener) -> asked.put(read.id().toString(), listener),
            Hosts.free(),
            openings(),
            Runnable::run,
            new ThreadContext(Settings.EMPTY),
            clock::get,
            hash -> !deleted.contains(hash));
    List<Result> results = new ArrayList<>();
    for (int g = 1; g <= 5; g++) {
      SmallModel each = SmallModel.of("films", "g" + g, g);
      results.add(new Result());
      few.load(Entries.of(each, each.files()), results.get(g - 1));
    }
    assertEquals(Set.of("films/g1", "films/g2"), asked.keySet());
    asked.get("films/g2").onFailure(new IllegalStateException("gone"));
    assertEquals(Set.of("films/g1", "films/g2", "films/g3"), asked.keySet());
    assertEquals(1, results.get(1).failures.size());
  }

  @Test
  void load_whereTheHeapHasNoRoomForItsFiles_failsBeforeTheyAreReadAndGivesBackWhatItCounted() {
    AtomicLong counted = new AtomicLong();
    AtomicLong room = new AtomicLong(1);
    CircuitBreaker heap =
        new NoopCircuitBreaker("request") {
          @Override
          public void addEstimateBytesAndMaybeBreak(long bytes, String what) {
            if (counted.get() + bytes > room.get()) {
              throw new CircuitBreakingException(what, CircuitBreaker.Durability.TRANSIENT);
            }
            counted.addAndGet(bytes);
          }

          @Override
          public void addWithoutBreaking(long bytes) {
            counted.addAndGet(bytes);
          }
        };
    ModelCache full =
        new ModelCache(
            this::read,
            Hosts.free(),
            new Openings(heap, 1),
            Runnable::run,
            new ThreadContext(Settings.EMPTY),
            clock::get,
            hash -> !deleted.contains(hash));
    Result refused = new Result();
    full.load(entry, refused);
    assertTrue(refused.failures.get(0) instanceof CircuitBreakingException);
    assertEquals(List.of(0, 0L), List.of(reads.get(), counted.get()));
    clock.set(ModelCache.FAILURE_MILLIS);
    room.set(Long.MAX_VALUE);
    load(full, entry);
    assertEquals(0, counted.get());
    full.retain(Set.of());
  }
}
