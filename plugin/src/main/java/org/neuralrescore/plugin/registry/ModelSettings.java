// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.List;
import java.util.function.Supplier;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.neuralrescore.plugin.serving.ModelLimits;

/** What an operator may set, on the running cluster, too. */
public final class ModelSettings implements Supplier<ModelLimits> {
  /** The most that an open model may take outside of the heap. */
  public static final Setting<ByteSizeValue> MODEL =
      bytes("neural_rescore.model.max_memory", ModelLimits.DEFAULT.openBytes());

  /** The most that a window, or an encoded history, may take outside of the heap. */
  public static final Setting<ByteSizeValue> WINDOW =
      bytes("neural_rescore.window.max_memory", ModelLimits.DEFAULT.windowBytes());

  /** What all open models may take before idle ones are closed. */
  public static final Setting<ByteSizeValue> CACHE =
      Setting.memorySizeSetting(
          "neural_rescore.cache.max_memory",
          "25%",
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  private volatile ModelLimits limits;

  /** The settings of a node, followed as they change. */
  public ModelSettings(Settings settings, ClusterSettings changes) {
    limits = read(settings);
    changes.addSettingsUpdateConsumer(changed -> limits = read(changed), all());
  }

  private static ModelLimits read(Settings settings) {
    return new ModelLimits(
        MODEL.get(settings).getBytes(),
        WINDOW.get(settings).getBytes(),
        CACHE.get(settings).getBytes());
  }

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(MODEL, WINDOW, CACHE);
  }

  @Override
  public ModelLimits get() {
    return limits;
  }

  private static Setting<ByteSizeValue> bytes(String key, long otherwise) {
    return Setting.byteSizeSetting(
        key,
        ByteSizeValue.ofBytes(otherwise),
        ByteSizeValue.ofBytes(1),
        ByteSizeValue.ofBytes(Long.MAX_VALUE),
        Setting.Property.NodeScope,
        Setting.Property.Dynamic);
  }
}
