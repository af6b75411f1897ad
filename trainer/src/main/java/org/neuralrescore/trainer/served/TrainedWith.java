package org.neuralrescore.trainer.served;

import java.util.Map;
import java.util.stream.Stream;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;

/**
 * What a manifest's provenance says that an evaluation has to do in the same way; the trainer's
 * defaults where it says nothing.
 *
 * @param dataSha256 hash of the interactions, empty text where unknown
 * @param protocol how cases were held out, as {@code SplitProtocol.of} reads it
 * @param weighting what each interaction of a history weighed
 * @param negatives sampled items a positive in the scorer's training
 * @param sampling how they were drawn, the name of a {@code NegativeSampling}
 * @param seed of all randomness
 */
public record TrainedWith(
    String dataSha256,
    String protocol,
    HistoryWeighting weighting,
    int negatives,
    String sampling,
    long seed) {

  /** Reads a manifest. */
  public static TrainedWith of(ModelManifest manifest) {
    Map<?, ?> provenance = manifest.provenance();
    Map<?, ?> options = map(provenance.get("options"));
    Map<?, ?> scorer = map(options.get("scorer"));
    return new TrainedWith(
        text(provenance.get("data_sha256"), ""),
        text(options.get("protocol"), "leave-last-out"),
        weighting(map(options.get("weighting"))),
        scorer.get("negatives") instanceof Number negatives ? negatives.intValue() : 4,
        text(scorer.get("sampling"), "UNIFORM"),
        provenance.get("seed") instanceof Number seed ? seed.longValue() : 42);
  }

  private static HistoryWeighting weighting(Map<?, ?> weighting) {
    return weighting.get("floor") instanceof Number floor
            && weighting.get("decayDays") instanceof Number days
        ? new HistoryWeighting(floor.doubleValue(), days.doubleValue(), values(weighting))
        : HistoryWeighting.uniform();
  }

  private static CellValues values(Map<?, ?> weighting) {
    return Stream.of(CellValues.values())
        .filter(one -> one.name().equals(weighting.get("values")))
        .findFirst()
        .orElse(CellValues.ONE);
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String text(Object value, String otherwise) {
    return value instanceof String text ? text : otherwise;
  }
}
