// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.neuralrescore.plugin.serving.Bundle;
import org.neuralrescore.plugin.serving.Host;
import org.neuralrescore.plugin.serving.LoadedModel;
import org.neuralrescore.plugin.serving.ModelLimits;

/**
 * The models that are open on this node, by hash. A model is opened once, however many searches ask
 * for it at a time, on {@code executor} and never on a search thread. It stays until the registry
 * no longer has it, or until it makes room: where all take more than {@link
 * ModelLimits#cacheBytes}, or a circuit breaker has no room for another, those that were idle
 * longest are closed, though none that a search holds or asked for within {@value #IDLE_MILLIS} ms.
 * A failure is kept for {@value #FAILURE_MILLIS} ms and given to everyone who asks, so that a model
 * that cannot be opened does not cost every search the attempt. What nobody asked for yet may be
 * opened, too, where there is room ({@link #warm}).
 */
public final class ModelCache {
  static final long FAILURE_MILLIS = 5_000;
  static final long IDLE_MILLIS = 10_000;

  private static final Logger logger = LogManager.getLogger(ModelCache.class);

  private final ModelFiles.Reader files;
  private final Host host;
  private final Openings openings;
  private final Executor executor;
  private final ThreadContext threadContext;
  private final LongSupplier millis;
  private final Predicate<String> registered;

  /** What a thread opens now. */
  private final Map<Thread, Slot> opening = new ConcurrentHashMap<>();

  private final Map<String, Slot> slots = new HashMap<>();

  /** A model that is being opened, is open, or failed to open. */
  private static final class Slot {
    private final ModelId id;
    private final SubscribableListener<LoadedModel> result = new SubscribableListener<>();
    private LoadedModel model;
    private long usedAt;
    private long failedAt = Long.MAX_VALUE;
    private boolean dropped;

    /** Whether a search asked for it: it may make room for itself, and it failed the search. */
    private volatile boolean wanted;

    private Slot(ModelId id) {
      this.id = id;
    }
  }

  /**
   * An empty cache.
   *
   * @param openings lets a few at a time be read and opened
   * @param millis a clock that only moves forward
   * @param registered whether the registry has a hash now
   */
  public ModelCache(
      ModelFiles.Reader files,
      Host host,
      Openings openings,
      Executor executor,
      ThreadContext threadContext,
      LongSupplier millis,
      Predicate<String> registered) {
    this.files = files;
    this.host = host;
    this.openings = openings;
    this.executor = executor;
    this.threadContext = threadContext;
    this.millis = millis;
    this.registered = registered;
  }

  /** What a model may take on this node. */
  public ModelLimits limits() {
    return host.limits().get();
  }

  /** A model that is open on this node. */
  public synchronized Optional<LoadedModel> get(String hash) {
    Slot slot = slots.get(hash);
    if (slot == null) {
      return Optional.empty();
    }
    slot.usedAt = millis.getAsLong();
    return Optional.ofNullable(slot.model);
  }

  /** The models that are open now. */
  public synchronized SortedSet<String> open() {
    return slots.values().stream()
        .filter(slot -> slot.model != null)
        .map(slot -> slot.id.toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Opens a model where it is not open yet, and tells the listener. */
  public void load(ModelEntry entry, ActionListener<LoadedModel> listener) {
    Slot slot;
    boolean first;
    synchronized (this) {
      first = !isKnown(entry);
      slot = slots.computeIfAbsent(entry.hash(), hash -> new Slot(entry.id()));
      slot.usedAt = millis.getAsLong();
      slot.wanted = true;
    }
    slot.result.addListener(listener, EsExecutors.DIRECT_EXECUTOR_SERVICE, threadContext);
    if (first) {
      read(entry, slot);
    }
  }

  /**
   * Opens a model that no search asked for yet, and runs it once. It closes no other one for that:
   * where there is no room, nothing is opened, and its failure is not kept for a search.
   *
   * @param listener told when it is open or will not be
   */
  public void warm(ModelEntry entry, ActionListener<LoadedModel> listener) {
    Slot slot;
    boolean first;
    synchronized (this) {
      first = !isKnown(entry);
      if (first && !hasRoom(entry)) {
        slot = null;
      } else {
        slot = slots.computeIfAbsent(entry.hash(), hash -> new Slot(entry.id()));
        slot.usedAt = first ? millis.getAsLong() : slot.usedAt;
      }
    }
    if (slot == null) {
      logger.info(
          "model [{}] is not opened before a search asks for it: open models take all of [{}]",
          entry.id(),
          ModelSettings.CACHE.getKey());
      listener.onFailure(new IllegalStateException("no room for model [" + entry.id() + "]"));
      return;
    }
    slot.result.addListener(listener, EsExecutors.DIRECT_EXECUTOR_SERVICE, threadContext);
    if (first) {
      read(entry, slot);
    }
  }

  /** Whether it is open, being opened, or failed just now. An older failure is forgotten. */
  private boolean isKnown(ModelEntry entry) {
    Slot slot = slots.get(entry.hash());
    if (slot != null && millis.getAsLong() - slot.failedAt >= FAILURE_MILLIS) {
      slots.remove(entry.hash());
      return false;
    }
    return slot != null;
  }

  private boolean hasRoom(ModelEntry entry) {
    long bytes = entry.memory().map(ModelEntry.Memory::open).orElse(0L);
    return openBytes() + bytes <= limits().cacheBytes();
  }

  private void read(ModelEntry entry, Slot slot) {
    openings.begin(
        () -> {
          AtomicLong counted = new AtomicLong();
          // Behind the listeners that are there: what waits for the model goes on first.
          slot.result.addListener(ActionListener.running(() -> openings.end(counted.get())));
          try {
            counted.set(openings.count(entry));
            ModelFiles.read(
                files,
                entry,
                ActionListener.wrap(
                    bytes -> executor.execute(() -> open(entry, slot, bytes)),
                    failure -> fail(entry, slot, failure)));
          } catch (RuntimeException notBegun) {
            fail(entry, slot, notBegun);
          }
        });
  }

  /** Closes every model that is not among these hashes once its last search is done. */
  public void retain(Set<String> hashes) {
    List<LoadedModel> closed = new ArrayList<>();
    synchronized (this) {
      Iterator<Map.Entry<String, Slot>> all = slots.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<String, Slot> entry = all.next();
        if (!hashes.contains(entry.getKey())) {
          all.remove();
          entry.getValue().dropped = true;
          take(entry.getKey(), entry.getValue()).ifPresent(closed::add);
        }
      }
    }
    closed.forEach(LoadedModel::release);
  }

  /** Closes idle models while all take more than the limit, which may have changed. */
  public void trim() {
    while (isOver() && closeIdlest()) {
      // One more was closed.
    }
  }

  private synchronized boolean isOver() {
    return openBytes() > limits().cacheBytes();
  }

  /** Makes room without closing a model: what windows of the past left behind is let go. */
  public void letGoBatches() {
    List<LoadedModel> open;
    synchronized (this) {
      open =
          slots.values().stream()
              .filter(slot -> slot.model != null)
              .map(slot -> slot.model)
              .toList();
    }
    open.forEach(LoadedModel::letGoBatches);
  }

  /**
   * Makes room for whoever counts memory in this thread, by closing the model that was idle
   * longest; false where none is, and for a model that no search asked for: none is closed for it.
   */
  public boolean closeForRoom() {
    Slot own = opening.get(Thread.currentThread());
    return (own == null || own.wanted) && closeIdlest();
  }

  private long openBytes() {
    return slots.values().stream()
        .filter(slot -> slot.model != null)
        .mapToLong(slot -> slot.model.cost().openBytes())
        .sum();
  }

  /** Closes the model that was idle longest; false where none was idle for long enough. */
  private boolean closeIdlest() {
    Optional<LoadedModel> idlest = takeIdlest();
    idlest.ifPresent(LoadedModel::release);
    return idlest.isPresent();
  }

  private synchronized Optional<LoadedModel> takeIdlest() {
    long now = millis.getAsLong();
    Optional<Map.Entry<String, Slot>> idlest =
        slots.entrySet().stream()
            .filter(entry -> isIdle(entry.getValue(), now))
            .min(Comparator.comparingLong(entry -> entry.getValue().usedAt));
    idlest.ifPresent(entry -> slots.remove(entry.getKey()));
    return idlest.flatMap(entry -> take(entry.getKey(), entry.getValue()));
  }

  private static boolean isIdle(Slot slot, long now) {
    return slot.model != null && slot.model.references() == 1 && now - slot.usedAt >= IDLE_MILLIS;
  }

  /**
   * Takes a slot's model, where it has one. Whoever takes it releases it without the cache's lock:
   * native sessions may take long to close, and each shard of a search asks for a model.
   */
  private static Optional<LoadedModel> take(String hash, Slot slot) {
    Optional<LoadedModel> model = Optional.ofNullable(slot.model);
    slot.model = null;
    model.ifPresent(open -> logger.info("closing model [{}]", hash));
    return model;
  }

  /** Keeps what a registry has. */
  public void retain(ModelRegistry registry) {
    retain(registry.models().values().stream().map(ModelEntry::hash).collect(Collectors.toSet()));
  }

  private void open(ModelEntry entry, Slot slot, Map<String, byte[]> bytes) {
    LoadedModel model;
    opening.put(Thread.currentThread(), slot);
    try {
      model = openWithRoom(Bundle.of(bytes, new BundleJson()));
      if (!slot.wanted) {
        rehearse(entry, model);
      }
    } catch (RuntimeException e) {
      fail(entry, slot, e);
      return;
    } finally {
      opening.remove(Thread.currentThread());
    }
    boolean dropped;
    synchronized (this) {
      // A search may have asked for it behind the registry's change that took it out.
      dropped = slot.dropped || !registered.test(entry.hash());
      if (!dropped) {
        slot.model = model;
      }
    }
    if (dropped) {
      model.release();
      fail(
          entry,
          slot,
          new IllegalStateException(
              "model [" + entry.id() + "] was deleted while it was being opened"));
      return;
    }
    logger.info("opened model [{}] with hash [{}]", entry.id(), entry.hash());
    if (slot.wanted) {
      trim();
    }
    slot.result.onResponse(model);
  }

  private static void rehearse(ModelEntry entry, LoadedModel model) {
    try {
      model.rehearse();
    } catch (RuntimeException failure) {
      logger.debug("model [{}] is open and was not run: {}", entry.id(), failure.getMessage());
    }
  }

  private LoadedModel openWithRoom(Bundle bundle) {
    while (true) {
      try {
        return LoadedModel.open(bundle, host);
      } catch (CircuitBreakingException full) {
        if (!closeForRoom()) {
          throw full;
        }
      }
    }
  }

  private void fail(ModelEntry entry, Slot slot, Exception failure) {
    synchronized (this) {
      slot.failedAt = millis.getAsLong();
      if (!slot.wanted) {
        slots.remove(entry.hash(), slot);
      }
    }
    logger.warn("model [{}] cannot be opened: {}", entry.id(), failure.getMessage());
    slot.result.onFailure(failure);
  }
}
