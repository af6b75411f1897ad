package org.neuralrescore.trainer.factors;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.OptionalDouble;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;

/**
 * Options of the user encoder. Its loss may weigh the unobserved and the penalty otherwise than the
 * factorisation did: a history of a few recent items is another thing than a row of the matrix.
 *
 * @param iterations gradient steps, default 48
 * @param weighting what each interaction of a history weighs, default all the same
 * @param alpha0 the weight of the unobserved, default the factorisation's
 * @param lambda regularisation a unit of weight, default the factorisation's
 */
@RecordBuilder
public record EncoderOptions(
    int iterations, HistoryWeighting weighting, OptionalDouble alpha0, OptionalDouble lambda)
    implements EncoderOptionsBuilder.With {
  public EncoderOptions {
    if (iterations < 1) {
      throw new IllegalArgumentException(
          "encoder expects at least 1 gradient step, got " + iterations);
    }
    boolean badAlpha0 = alpha0.isPresent() && !(alpha0.getAsDouble() > 0);
    boolean badLambda = lambda.isPresent() && !(lambda.getAsDouble() > 0);
    if (badAlpha0 || badLambda) {
      throw new IllegalArgumentException(
          "encoder expects alpha0 > 0 and lambda > 0, got " + alpha0 + ", " + lambda);
    }
  }

  /** The documented defaults. */
  public static EncoderOptions defaults() {
    return new EncoderOptions(
        48, HistoryWeighting.uniform(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** The same with a loss of its own. */
  public EncoderOptions withLoss(double ownAlpha0, double ownLambda) {
    return with().alpha0(OptionalDouble.of(ownAlpha0)).lambda(OptionalDouble.of(ownLambda)).build();
  }

  /** The factorisation's options with this encoder's loss. */
  ImplicitAlsOptions loss(ImplicitAlsOptions factorisation) {
    return factorisation
        .withAlpha0(alpha0.orElse(factorisation.alpha0()))
        .withLambda(lambda.orElse(factorisation.lambda()));
  }
}
