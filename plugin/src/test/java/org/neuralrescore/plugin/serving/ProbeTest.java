// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.lucene.MemoryAccount;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class ProbeTest {
  private static Bundle bundle() {
    return Bundle.of(
        SmallModel.of("films", "g1", 1).files(),
        (file, json) -> JsonMapper.shared().readValue(json, new TypeReference<>() {}));
  }

  private static Probe cancelled(CancellationException cause) {
    return new Probe(
        () -> {
          throw cause;
        },
        () -> 0);
  }

  @Test
  void check_overItsTime_saysSo() {
    AtomicLong clock = new AtomicLong(5);
    Probe probe = new Probe(() -> {}, clock::get);
    probe.begin();
    clock.set(5 + Probe.MOST_MILLIS);
    assertDoesNotThrow(probe::check);
    clock.incrementAndGet();
    String message = assertThrows(InvalidBundleException.class, probe::check).getMessage();
    assertTrue(message.contains("takes longer than 30000 ms"), message);
  }

  /** One thread checks uploads: what another one took is not this one's time. */
  @Test
  void check_afterALongWaitForAnotherUpload_hasAllItsTime() {
    AtomicLong clock = new AtomicLong(5);
    Probe probe = new Probe(() -> {}, clock::get);
    clock.addAndGet(Probe.MOST_MILLIS + 10_000);
    assertDoesNotThrow(probe::check);
    probe.begin();
    clock.addAndGet(Probe.MOST_MILLIS);
    assertDoesNotThrow(probe::check);
    clock.incrementAndGet();
    assertThrows(InvalidBundleException.class, probe::check);
  }

  @Test
  void begin_ofAnUploadThatWasCancelledWhileItWaited_endsIt() {
    CancellationException cancelled = new CancellationException();
    Probe probe = cancelled(cancelled);
    assertSame(cancelled, assertThrows(CancellationException.class, probe::begin));
  }

  @Test
  void parity_whenTheUploadIsCancelled_endsWithWhatCancelledIt() {
    LoadedModel model = LoadedModel.open(bundle(), Hosts.free());
    CancellationException cancelled = new CancellationException();
    Probe probe = cancelled(cancelled);
    assertSame(
        cancelled,
        assertThrows(
            CancellationException.class, () -> ParityCheck.run(model, bundle().parity(), probe)));
    model.release();
  }

  @Test
  void open_whenTheUploadIsCancelled_endsBeforeTheGraphIsRead() {
    CancellationException cancelled = new CancellationException();
    AtomicLong asked = new AtomicLong();
    Probe probe =
        new Probe(
            () -> {
              if (asked.incrementAndGet() > 3) {
                throw cancelled;
              }
            },
            () -> 0);
    assertSame(
        cancelled,
        assertThrows(
            CancellationException.class, () -> LoadedModel.open(bundle(), Hosts.free(), probe)));
    assertEquals(4, asked.get());
  }

  @Test
  void open_countsWhatTheModelTakesUntilItIsClosed() {
    Map<String, Long> taken = new HashMap<>();
    AtomicLong held = new AtomicLong();
    MemoryAccount memory =
        new MemoryAccount() {
          @Override
          public void take(long bytes, String what) {
            taken.merge(what, bytes, Long::sum);
            held.addAndGet(bytes);
          }

          @Override
          public void giveBack(long bytes) {
            held.addAndGet(-bytes);
          }
        };
    LoadedModel model = LoadedModel.open(bundle(), Hosts.counting(memory));
    assertEquals(model.cost().openBytes(), taken.get("model [films]"));
    assertEquals(model.cost().openBytes(), held.get());
    ParityCheck.run(model, bundle().parity(), Hosts.probe());
    assertTrue(held.get() > model.cost().openBytes(), "the pool keeps a batch");
    model.release();
    assertEquals(0, held.get());
  }

  @Test
  void open_whereThereIsNoMemory_takesNone() {
    MemoryAccount full =
        new MemoryAccount() {
          @Override
          public void take(long bytes, String what) {
            throw new IllegalStateException("no room for " + what);
          }

          @Override
          public void giveBack(long bytes) {
            throw new AssertionError("nothing was taken");
          }
        };
    assertThrows(
        IllegalStateException.class, () -> LoadedModel.open(bundle(), Hosts.counting(full)));
  }
}
