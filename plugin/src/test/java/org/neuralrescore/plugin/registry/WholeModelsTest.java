// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;

class WholeModelsTest {
  private static final SmallModel MODEL = SmallModel.of("films", "g1", 1);
  private static final SmallModel OTHER = SmallModel.of("films", "g2", 2);

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<ModelEntry> lost = new ArrayList<>();
  private final List<ModelEntry> whole = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  private void find(ModelFiles.Reader reader, List<ModelEntry> entries) {
    find(new NoopCircuitBreaker("request"), reader, entries);
  }

  private void find(CircuitBreaker heap, ModelFiles.Reader reader, List<ModelEntry> entries) {
    WholeModels.find(
        heap,
        reader,
        entries,
        tasks::add,
        (entry, failure) -> {
          lost.add(entry);
          reasons.add(failure.getMessage());
        },
        ActionListener.wrap(
            whole::addAll,
            failure -> {
              throw new AssertionError(failure);
            }));
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
  }

  @Test
  void find_whereSomeFilesAreGone_isTheOthers() {
    Map<String, byte[]> files = MODEL.files();
    ModelEntry there = Entries.of(MODEL, files);
    ModelEntry gone = Entries.of(OTHER, OTHER.files());
    find(
        (entry, file, listener) -> {
          if (entry.equals(there)) {
            listener.onResponse(files.get(file));
          } else {
            listener.onFailure(new IllegalStateException("no [" + file + "]"));
          }
        },
        List.of(gone, there, gone));
    assertEquals(List.of(there), whole);
    assertEquals(List.of(gone, gone), lost);
  }

  @Test
  void find_whereTheHeapHasNoRoom_readsNothingAndSaysSo() {
    List<Long> given = new ArrayList<>();
    CircuitBreaker full =
        new NoopCircuitBreaker("request") {
          @Override
          public void addEstimateBytesAndMaybeBreak(long bytes, String label) {
            throw new CircuitBreakingException(
                "no room for " + label, CircuitBreaker.Durability.TRANSIENT);
          }

          @Override
          public void addWithoutBreaking(long bytes) {
            given.add(bytes);
          }
        };
    ModelEntry entry = Entries.of(MODEL, MODEL.files());
    find(
        full,
        (read, file, listener) -> {
          throw new AssertionError("nothing is read");
        },
        List.of(entry, entry));
    assertEquals(List.of(entry, entry), lost);
    assertEquals("no room for neural-rescore recovery of [films/g1]", reasons.get(0));
    assertEquals(List.of(), given);
  }

  @Test
  void find_givesBackWhatItCounted() {
    AtomicLong counted = new AtomicLong();
    CircuitBreaker heap =
        new NoopCircuitBreaker("request") {
          @Override
          public void addEstimateBytesAndMaybeBreak(long bytes, String label) {
            counted.addAndGet(bytes);
          }

          @Override
          public void addWithoutBreaking(long bytes) {
            counted.addAndGet(bytes);
          }
        };
    Map<String, byte[]> files = MODEL.files();
    List<Long> reading = new ArrayList<>();
    find(
        heap,
        (entry, file, listener) -> {
          reading.add(counted.get());
          if (entry.id().generation().equals("g2")) {
            throw new IllegalStateException("at once");
          }
          listener.onResponse(files.get(file));
        },
        List.of(Entries.of(MODEL, files), Entries.of(OTHER, OTHER.files())));
    assertTrue(reading.stream().allMatch(bytes -> bytes > FileParts.PART_BYTES), "" + reading);
    assertEquals(List.of(1, 1), List.of(whole.size(), lost.size()));
    assertEquals(0, counted.get());
  }

  @Test
  void find_whereNoCopyIsStarted_losesAnyNumberAndKeepsItsStack() {
    int many = 100_000;
    find(
        (entry, file, listener) -> listener.onFailure(new IllegalStateException("no copy")),
        Collections.nCopies(many, Entries.of(MODEL, MODEL.files())));
    assertEquals(many, lost.size());
  }
}
