package org.neuralrescore.trainer.tune;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.solver.Penalty;

/**
 * An option that a search may vary, by the name that it has in {@code train}. A value is a text
 * that {@link #canonical} has made of what a person wrote, so that equal values are equal texts().
 *
 * <p>In the order of what is dear to change: candidates of the same item-to-item weights lie beside
 * each other.
 */
public enum Axis {
  /** {@code none}, or days of decay with a floor: {@code 30/0.1}. */
  RECENCY,
  /** Items that may speak for an item, or {@code all}. */
  NEIGHBOURS,
  /** Interactions at which an item is believed by half. */
  NEIGHBOUR_LAMBDA,
  /** k. */
  RANK,
  /** The weight of every cell. */
  ALPHA0,
  /** Regularisation a unit of weight. */
  LAMBDA,
  /** What a unit of every factor costs. */
  L1,
  /** What half a square of every factor costs. */
  L2,
  /** The share of a session that is hidden. */
  MASK,
  /** Users at whom an item speaks with half its voice. */
  SHRINKAGE,
  /** Of the softmax over what is taught. */
  TEMPERATURE,
  /** Learning rate of factors at its height. */
  FACTOR_RATE,
  /** The weight of what was not touched, in the user encoder. */
  ENCODER_ALPHA0,
  /** Regularisation in the user encoder. */
  ENCODER_LAMBDA,
  /** Widths of hidden layers, {@code 64x32}; {@code none} is the dot product. */
  HIDDEN,
  /** Of the network. */
  LEARNING_RATE,
  /** Of the network. */
  WEIGHT_DECAY,
  /** Items drawn beside every positive. */
  NEGATIVES;

  private static final String ALL = "all";
  private static final String NONE = "none";

  /** As in {@code train}, without the dashes: {@code neighbour-lambda}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The axis of a name. */
  public static Optional<Axis> named(String label) {
    return Stream.of(values()).filter(axis -> axis.label().equals(label)).findAny();
  }

  /** Whether the option is one of the scorer's network. */
  public boolean ofScorer() {
    return switch (this) {
      case HIDDEN, LEARNING_RATE, WEIGHT_DECAY, NEGATIVES -> true;
      default -> false;
    };
  }

  /** Whether factors by this method take the option. */
  public boolean belongsTo(FactorMethod method) {
    return switch (this) {
      case RECENCY, RANK, HIDDEN, LEARNING_RATE, WEIGHT_DECAY, NEGATIVES -> true;
      case NEIGHBOURS -> method.itemWeights() && method != FactorMethod.TRANSITIONS;
      case NEIGHBOUR_LAMBDA -> method.itemWeights();
      case ALPHA0, LAMBDA, ENCODER_ALPHA0, ENCODER_LAMBDA -> method.weightedImplicit();
      case L1, L2 -> method.classical().isPresent() || method == FactorMethod.NEIGHBOURS;
      case MASK, SHRINKAGE -> method == FactorMethod.SESSION_SOFTMAX;
      case TEMPERATURE -> method.distilled();
      case FACTOR_RATE -> method.softmax();
    };
  }

  /**
   * The one text of a value.
   *
   * @throws IllegalArgumentException where the text is no value of this option
   */
  String canonical(String text) {
    String trimmed = text.trim();
    return switch (this) {
      case RECENCY -> trimmed.equals(NONE) ? NONE : texts().text(texts().weighting(trimmed));
      case NEIGHBOURS -> trimmed.equals(ALL) ? ALL : Integer.toString(texts().whole(trimmed));
      case RANK, NEGATIVES -> Integer.toString(texts().whole(trimmed));
      case HIDDEN -> trimmed.equals(NONE) ? NONE : texts().text(texts().widths(trimmed));
      default -> Double.toString(texts().number(trimmed));
    };
  }

  /** Whether values are numbers of which a log grid can be made. */
  boolean hasGrid() {
    return switch (this) {
      case RECENCY, HIDDEN, NEIGHBOURS, RANK, NEGATIVES -> false;
      default -> true;
    };
  }

  /**
   * The options with this one changed.
   *
   * @param value as {@link #canonical} gave it
   * @throws IllegalArgumentException where no factorisation or network takes the value
   */
  TrialOptions apply(TrialOptions o, String value) {
    return switch (this) {
      case RECENCY ->
          o.withEncoder(
              o.encoder()
                  .withWeighting(
                      (value.equals(NONE) ? HistoryWeighting.uniform() : texts().weighting(value))
                          .withValues(o.weighting().values())));
      case NEIGHBOURS ->
          o.withSolver(
              o.solver()
                  .withNeighbours(o.solver().neighbours().withNeighbours(neighbours(o, value))));
      case NEIGHBOUR_LAMBDA ->
          o.withSolver(
              o.solver().withNeighbours(o.solver().neighbours().withLambda(texts().number(value))));
      case RANK -> o.withFactors(o.factors().withRank(texts().whole(value)));
      case ALPHA0 -> o.withFactors(o.factors().withAlpha0(texts().number(value)));
      case LAMBDA -> o.withFactors(o.factors().withLambda(texts().number(value)));
      case L1 ->
          o.withSolver(
              o.solver()
                  .withPenalty(new Penalty(texts().number(value), o.solver().penalty().l2())));
      case L2 ->
          o.withSolver(
              o.solver()
                  .withPenalty(new Penalty(o.solver().penalty().l1(), texts().number(value))));
      case MASK ->
          o.withSolver(
              o.solver().withSessions(o.solver().sessions().withMask(texts().number(value))));
      case SHRINKAGE ->
          o.withSolver(
              o.solver().withSessions(o.solver().sessions().withShrinkage(texts().number(value))));
      case TEMPERATURE ->
          o.withSolver(
              o.solver()
                  .withDistillation(
                      o.solver().distillation().withTemperature(texts().number(value))));
      case FACTOR_RATE ->
          o.withSolver(
              o.method() == FactorMethod.SESSION_SOFTMAX
                  ? o.solver()
                      .withSessions(o.solver().sessions().withLearningRate(texts().number(value)))
                  : o.solver()
                      .withDistillation(o.solver().distillation().withRate(texts().number(value))));
      case ENCODER_ALPHA0 ->
          o.withEncoder(o.encoder().withLoss(texts().number(value), encoderLambda(o)));
      case ENCODER_LAMBDA ->
          o.withEncoder(o.encoder().withLoss(encoderAlpha0(o), texts().number(value)));
      case HIDDEN ->
          o.withScorer(
              o.scorer().withHidden(value.equals(NONE) ? List.of() : texts().widths(value)));
      case LEARNING_RATE ->
          o.withScorer(o.scorer().withLearning(texts().number(value), o.scorer().weightDecay()));
      case WEIGHT_DECAY ->
          o.withScorer(o.scorer().withLearning(o.scorer().learningRate(), texts().number(value)));
      case NEGATIVES ->
          o.withScorer(o.scorer().withNegatives(texts().whole(value), o.scorer().sampling()));
    };
  }

  /** The value that the options have, as {@link #canonical} would give it. */
  String of(TrialOptions o) {
    return switch (this) {
      case RECENCY -> o.weighting().floor() == 1 ? NONE : texts().text(o.weighting());
      case NEIGHBOURS ->
          o.solver().neighbours().neighbours() == Integer.MAX_VALUE
              ? ALL
              : Integer.toString(o.solver().neighbours().neighbours());
      case NEIGHBOUR_LAMBDA -> Double.toString(o.solver().neighbours().lambda());
      case RANK -> Integer.toString(o.factors().rank());
      case ALPHA0 -> Double.toString(o.factors().alpha0());
      case LAMBDA -> Double.toString(o.factors().lambda());
      case L1 -> Double.toString(o.solver().penalty().l1());
      case L2 -> Double.toString(o.solver().penalty().l2());
      case MASK -> Double.toString(o.solver().sessions().mask());
      case SHRINKAGE -> Double.toString(o.solver().sessions().shrinkage());
      case TEMPERATURE -> Double.toString(o.solver().distillation().temperature());
      case FACTOR_RATE ->
          Double.toString(
              o.method() == FactorMethod.SESSION_SOFTMAX
                  ? o.solver().sessions().learningRate()
                  : o.solver().distillation().rate());
      case ENCODER_ALPHA0 -> Double.toString(encoderAlpha0(o));
      case ENCODER_LAMBDA -> Double.toString(encoderLambda(o));
      case HIDDEN -> o.scorer().hidden().isEmpty() ? NONE : texts().text(o.scorer().hidden());
      case LEARNING_RATE -> Double.toString(o.scorer().learningRate());
      case WEIGHT_DECAY -> Double.toString(o.scorer().weightDecay());
      case NEGATIVES -> Integer.toString(o.scorer().negatives());
    };
  }

  /** A value as flags of {@code train}; none where that is what {@code train} does without one. */
  List<String> flags(String value) {
    if (this == RECENCY) {
      if (value.equals(NONE)) {
        return List.of();
      }
      HistoryWeighting weighting = texts().weighting(value);
      return List.of(
          "--recency-days", Double.toString(weighting.decayDays()),
          "--recency-floor", Double.toString(weighting.floor()));
    }
    if (this == HIDDEN) {
      return value.equals(NONE)
          ? List.of("--no-network")
          : List.of("--hidden", value.replace('x', ','));
    }
    if (value.equals(ALL)) {
      return List.of();
    }
    return List.of("--" + label(), value);
  }

  private AxisText texts() {
    return new AxisText(label());
  }

  private int neighbours(TrialOptions o, String value) {
    if (!value.equals(ALL)) {
      return texts().whole(value);
    }
    if (o.method() == FactorMethod.NEIGHBOURS) {
      throw texts().refused(value, "a whole number; all is for distilled factors");
    }
    return Integer.MAX_VALUE;
  }

  private static double encoderAlpha0(TrialOptions o) {
    return o.encoder().alpha0().orElse(o.factors().alpha0());
  }

  private static double encoderLambda(TrialOptions o) {
    return o.encoder().lambda().orElse(o.factors().lambda());
  }
}
