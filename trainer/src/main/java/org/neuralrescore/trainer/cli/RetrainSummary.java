// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.neuralrescore.trainer.retrain.RetrainReport;

/** A run's report for people and machines. */
final class RetrainSummary {
  private RetrainSummary() {}

  static String text(RetrainReport report) {
    return "Run "
        + report.run()
        + ": "
        + report.decision().label().replace('_', ' ')
        + report.generation().map(generation -> ", made " + generation).orElse("")
        + report.deployed().map(deployed -> ", deployed is " + deployed).orElse("")
        + report.former().map(former -> ", before it " + former).orElse("")
        + ". "
        + report.reason();
  }

  static Map<String, Object> json(RetrainReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", report.run());
    json.put("decision", report.decision().label());
    json.put("reason", report.reason());
    report.generation().ifPresent(generation -> json.put("generation", generation));
    report.deployed().ifPresent(deployed -> json.put("deployed", deployed));
    report.former().ifPresent(former -> json.put("former", former));
    report.dataSha256().ifPresent(hash -> json.put("data_sha256", hash));
    report.comparison().ifPresent(comparison -> json.put("ndcg", comparison));
    return json;
  }
}
