// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Which of several candidates ships, by one rule: the first, which is the simplest, unless another
 * surely beats it on validation cases. A challenger qualifies where a paired bootstrap finds it
 * better than the first in enough of the draws: {@value #BAR} where there is one, and with several
 * the share that may be luck is divided among them (Bonferroni), since the best of many is likelier
 * to be a lucky one. The best NDCG among those that qualify ships.
 *
 * @param candidates their figures on the same cases, the first first
 * @param leads every challenger's lead in NDCG over the first, in their order
 * @param winner the place of what ships
 * @param asked the share of draws in which a challenger had to be better
 */
public record Choice(
    List<RankingReport> candidates, List<PairedBootstrap> leads, int winner, double asked) {
  /** The share of draws in which a single challenger must be better. */
  public static final double BAR = 0.9;

  /** The share of draws in which something is likely better, where neither choice is the safer. */
  public static final double LIKELY = 0.6;

  public Choice {
    candidates = List.copyOf(candidates);
    leads = List.copyOf(leads);
  }

  /** As below, by the bar that holds everywhere. */
  public static Choice among(List<RankingReport> candidates, long seed) {
    return among(candidates, BAR, seed);
  }

  /**
   * Chooses.
   *
   * @param candidates reports on the same validation cases, by the names of what they are of; what
   *     ships unless it is beaten comes first
   * @param bar the share of draws in which a single challenger must be better
   * @param seed of the bootstrap's draws
   */
  public static Choice among(List<RankingReport> candidates, double bar, long seed) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("a choice expects a candidate at least, got none");
    }
    List<PairedBootstrap> leads = new ArrayList<>();
    double asked = shared(bar, candidates.size() - 1);
    int winner = 0;
    double best = candidates.get(0).mean().ndcg();
    for (int c = 1; c < candidates.size(); c++) {
      PairedBootstrap lead =
          PairedBootstrap.compare(candidates.get(c), candidates.get(0), CaseMetrics::ndcg, seed);
      leads.add(lead);
      double ndcg = candidates.get(c).mean().ndcg();
      if (lead.probability() >= asked && ndcg > best) {
        winner = c;
        best = ndcg;
      }
    }
    return new Choice(candidates, leads, winner, asked);
  }

  /** The share of draws that is asked for where so many challenge. */
  static double shared(double bar, int challengers) {
    return 1 - (1 - bar) / Math.max(1, challengers);
  }

  /** Whether the first is beaten. */
  public boolean beaten() {
    return winner > 0;
  }

  /** What ships. */
  public RankingReport shipped() {
    return candidates.get(winner);
  }

  /** The challenger that ships or else came nearest, counted from 1; 0 where there is none. */
  public int nearest() {
    return beaten()
        ? winner
        : IntStream.range(1, candidates.size())
            .boxed()
            .max(Comparator.comparingDouble(c -> candidates.get(c).mean().ndcg()))
            .orElse(0);
  }

  /** The lead of {@link #nearest}; all zeros where nothing challenged. */
  public PairedBootstrap lead() {
    return leads.isEmpty() ? new PairedBootstrap(0, 0, 0, 0) : leads.get(nearest() - 1);
  }

  /** One sentence for a person. */
  public String reason() {
    String first = candidates.get(0).label();
    if (leads.isEmpty()) {
      return "nothing but " + first + " was asked for";
    }
    RankingReport shown = candidates.get(nearest());
    return String.format(
        Locale.ROOT,
        "on validation %s with NDCG %.4f %s %s with %.4f (difference %+.4f, 95 %% interval %+.4f to"
            + " %+.4f, better in %.1f %% of bootstrap draws, %.1f %% asked for)",
        shown.label(),
        shown.mean().ndcg(),
        beaten() ? "beats" : "does not surely beat",
        first,
        candidates.get(0).mean().ndcg(),
        lead().difference(),
        lead().low(),
        lead().high(),
        100 * lead().probability(),
        100 * asked);
  }
}
