// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.pipeline.VariantResult;
import org.neuralrescore.trainer.release.Metrics;

/** What each compared method is worth on the data at hand. */
final class VariantSummary {
  private VariantSummary() {}

  static String of(List<VariantResult> variants) {
    StringBuilder out =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%n%-10s %10s %10s %10s   %s%n",
                "method",
                "validation",
                "test HR",
                "test NDCG",
                "NDCG over the dot product, 95 %"));
    for (VariantResult variant : variants) {
      PairedBootstrap gain = variant.testNdcg();
      out.append(
          String.format(
              Locale.ROOT,
              "%-10s %10.4f %10.4f %10.4f   %+.4f [%+.4f, %+.4f]%n",
              variant.method().label(),
              variant.validation().mean().ndcg(),
              variant.test().mean().hitRate(),
              variant.test().mean().ndcg(),
              gain.difference(),
              gain.low(),
              gain.high()));
    }
    return out.toString();
  }

  static List<Map<String, Object>> json(List<VariantResult> variants) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (VariantResult variant : variants) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("method", variant.method().label());
      row.put("paper", variant.method().paper());
      row.put("validation_ndcg", variant.validation().mean().ndcg());
      row.put("test", Metrics.of(variant.test().mean(), variant.test().cutoff()));
      row.put(
          "ndcg_over_dot",
          List.of(
              variant.testNdcg().low(),
              variant.testNdcg().difference(),
              variant.testNdcg().high()));
      rows.add(row);
    }
    return rows;
  }
}
