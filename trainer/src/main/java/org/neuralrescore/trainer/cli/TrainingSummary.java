// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.data.interactions.CoreRule;
import org.neuralrescore.trainer.data.interactions.DatasetSummary;
import org.neuralrescore.trainer.data.interactions.Elsewhere;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.release.BaselineSettings;
import org.neuralrescore.trainer.release.PartWorth;
import org.neuralrescore.trainer.release.Release.Released;

/** What a training run says when it is done. */
final class TrainingSummary {
  private static final String NEW_LINE = System.lineSeparator();

  private TrainingSummary() {}

  static String of(Released released) {
    StringBuilder out = new StringBuilder(verdict(released));
    DatasetSummary data = released.training().data().summary();
    out.append(
        String.format(
            Locale.ROOT,
            "%,d interactions of %,d users with %,d items (%,d of them untouched); %,d duplicates,"
                + " %,d below the threshold, %,d blank lines left out; %,d lines out of the order of"
                + " time sorted%n",
            data.interactions(),
            data.users(),
            data.items(),
            data.itemsWithoutInteractions(),
            data.duplicates(),
            data.belowThreshold(),
            data.blank(),
            data.clockDisorder()));
    Elsewhere elsewhere = released.training().data().histories().elsewhere();
    if (elsewhere.users() > 0) {
      out.append(
          String.format(
              Locale.ROOT,
              "%,d of the users were brought to the driver, to teach the network and to be evaluated;"
                  + " factors are learned from the %,d others alone%n",
              released.training().data().users().size(),
              elsewhere.users()));
    }
    CoreRule.LeftOut left = released.training().leftOut();
    if (left.rounds() > 0) {
      out.append(
          String.format(
              Locale.ROOT,
              "not learned from: %,d interactions, %,d users and %,d items outside the core (%d"
                  + " rounds), %,d of the items with too few users%n",
              left.interactions(),
              left.users(),
              left.items(),
              left.rounds(),
              left.rareItems()));
    }
    if (!released.scoreboard().rows().isEmpty()) {
      out.append('\n')
          .append(ScoreboardText.drawn(released.training().test()))
          .append(ScoreboardText.of(released.scoreboard()))
          .append(BaselineSettings.text(released.baselines()))
          .append(ScoreboardText.of(released.training().reliability()));
    }
    for (PartWorth part : parts(released)) {
      out.append(
          String.format(
              Locale.ROOT,
              "%s adds %+.4f [%+.4f, %+.4f] NDCG to %s%n",
              part.part(),
              part.gain().difference(),
              part.gain().low(),
              part.gain().high(),
              part.to()));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "%nscorer: %s%nit reads: %s%nbundle: %s (ONNX Runtime and the trainer differ by %.1e at most)%nreport: %s",
            released.training().choice().reason(),
            String.join(", ", inputs(released.training().model())),
            released.bundle().folder(),
            released.bundle().parityDifference(),
            released.report()));
    return out.toString();
  }

  /** What it all comes to, in the first line, with what to try below it. */
  private static String verdict(Released released) {
    StringBuilder out = new StringBuilder();
    if (released.scoreboard().rows().isEmpty()) {
      out.append(
              "this model is not evaluated: nothing was held out, so nobody knows what it is worth")
          .append(NEW_LINE);
    }
    released
        .judgement()
        .verdict()
        .ifPresent(
            verdict ->
                out.append("this model is ").append(VerdictText.of(verdict)).append(NEW_LINE));
    released.judgement().advice().forEach(line -> out.append(line).append(NEW_LINE));
    return out.isEmpty() ? "" : out.append(NEW_LINE).toString();
  }

  /** What the scorer that ships reads. */
  static List<String> inputs(TrainedModel model) {
    List<String> inputs = new ArrayList<>(List.of("user", "items"));
    model.scorer().inputs().rowBlocks().forEach(block -> inputs.add(block.name()));
    model.scorer().inputs().context().forEach(column -> inputs.add(column.name()));
    model.scorer().inputs().recent().ifPresent(recent -> inputs.add(ScorerInputs.RECENT));
    return inputs;
  }

  /** What each part adds, where histories were asked. */
  static List<PartWorth> parts(Released released) {
    return released.scoreboard().rows().isEmpty() ? List.of() : PartWorth.of(released.scoreboard());
  }
}
