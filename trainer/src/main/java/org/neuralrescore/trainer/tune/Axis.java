// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.Setting;
import org.neuralrescore.trainer.scorer.ScorerOptions;

/**
 * An option that a search may vary, by the name that it has in {@code train}: what histories weigh,
 * a setting of the method, or an option of the network. A value is a text that {@link #canonical}
 * has made of what a person wrote, so that equal values are equal texts. Equal by name and, of a
 * method's setting, by method: options of one name in two methods are two.
 *
 * <p>In the order of what is dear to change: candidates of the same item-to-item weights lie beside
 * each other.
 */
public final class Axis implements Comparable<Axis> {
  private static final String NONE = "none";
  private static final int OF_THE_NETWORK = 100;
  private static final Comparator<Axis> ORDER =
      Comparator.comparingInt((Axis axis) -> axis.order)
          .thenComparing(axis -> axis.label)
          .thenComparing(axis -> axis.owner);

  /** {@code none}, or days of decay with a floor: {@code 30/0.1}. */
  public static final Axis RECENCY = recency();

  private static final List<Axis> NETWORK =
      List.of(
          network(
              0,
              "hidden",
              (texts, text) -> text.equals(NONE) ? NONE : texts.text(texts.widths(text)),
              o -> o.hidden().isEmpty() ? NONE : new AxisText("hidden").text(o.hidden()),
              (o, value) ->
                  o.withHidden(
                      value.equals(NONE) ? List.of() : new AxisText("hidden").widths(value))),
          network(
              1,
              "learning-rate",
              Axis::number,
              o -> Double.toString(o.learningRate()),
              (o, value) -> o.withLearning(Double.parseDouble(value), o.weightDecay())),
          network(
              2,
              "weight-decay",
              Axis::number,
              o -> Double.toString(o.weightDecay()),
              (o, value) -> o.withLearning(o.learningRate(), Double.parseDouble(value))),
          network(
              3,
              "negatives",
              (texts, text) -> Integer.toString(texts.whole(text)),
              o -> Integer.toString(o.negatives()),
              (o, value) -> o.withNegatives(Integer.parseInt(value), o.sampling())));

  private final String owner;
  private final String label;
  private final int order;
  private final boolean grid;
  private final UnaryOperator<String> canonical;
  private final Function<TrialOptions, String> reader;
  private final BiFunction<TrialOptions, String, TrialOptions> writer;

  private Axis(
      String owner,
      String label,
      int order,
      boolean grid,
      UnaryOperator<String> canonical,
      Function<TrialOptions, String> reader,
      BiFunction<TrialOptions, String, TrialOptions> writer) {
    this.owner = owner;
    this.label = label;
    this.order = order;
    this.grid = grid;
    this.canonical = canonical;
    this.reader = reader;
    this.writer = writer;
  }

  private static Axis recency() {
    AxisText texts = new AxisText("recency");
    return new Axis(
        "",
        "recency",
        -1,
        false,
        text -> text.equals(NONE) ? NONE : texts.text(texts.weighting(text)),
        o -> o.weighting().floor() == 1 ? NONE : texts.text(o.weighting()),
        (o, value) ->
            o.withEncoder(
                o.encoder()
                    .withWeighting(
                        (value.equals(NONE) ? HistoryWeighting.uniform() : texts.weighting(value))
                            .withValues(o.weighting().values()))));
  }

  private static Axis of(FactorMethod method, Setting setting, int order) {
    return new Axis(
        method.label(),
        setting.name(),
        order,
        setting.grid(),
        setting::canonical,
        o -> setting.get(o.factors()),
        (o, value) -> o.withFactors(setting.set(o.factors(), value)));
  }

  private static Axis network(
      int place,
      String label,
      BiFunction<AxisText, String, String> canonical,
      Function<ScorerOptions, String> reader,
      BiFunction<ScorerOptions, String, ScorerOptions> writer) {
    return new Axis(
        "",
        label,
        OF_THE_NETWORK + place,
        label.equals("learning-rate") || label.equals("weight-decay"),
        text -> canonical.apply(new AxisText(label), text),
        o -> reader.apply(o.scorer()),
        (o, value) -> o.withScorer(writer.apply(o.scorer(), value)));
  }

  private static String number(AxisText texts, String text) {
    return Double.toString(texts.number(text));
  }

  /** Every option that a search over a method may vary, in the order of the space. */
  public static List<Axis> all(FactorMethod method) {
    List<Axis> axes = new ArrayList<>();
    axes.add(RECENCY);
    for (Setting setting : method.settings()) {
      if (setting.role() != Setting.Role.FIXED) {
        axes.add(of(method, setting, axes.size()));
      }
    }
    axes.addAll(NETWORK);
    return axes;
  }

  /** The option of a name, of a search over a method. */
  public static Optional<Axis> named(FactorMethod method, String label) {
    return all(method).stream().filter(axis -> axis.label.equals(label)).findFirst();
  }

  /** As in {@code train}, without the dashes: {@code neighbour-lambda}. */
  public String label() {
    return label;
  }

  /** Whether trials train a network for it. */
  boolean ofScorer() {
    return order >= OF_THE_NETWORK;
  }

  /**
   * The one text of a value.
   *
   * @throws IllegalArgumentException where the text is no value of this option
   */
  String canonical(String text) {
    return canonical.apply(text.trim());
  }

  /** Whether a value says that there is no network. */
  boolean isPlain(String value) {
    return label.equals("hidden") && value.equals(NONE);
  }

  /** Whether a value says that histories weigh all alike, which has no flag of its own. */
  public boolean isAlike(String value) {
    return equals(RECENCY) && value.equals(NONE);
  }

  /** Whether values are numbers of which a log grid can be made. */
  boolean hasGrid() {
    return grid;
  }

  /**
   * The options with this one changed.
   *
   * @param value as {@link #canonical} gave it
   * @throws IllegalArgumentException where no factorisation or network takes the value
   */
  TrialOptions apply(TrialOptions options, String value) {
    return writer.apply(options, value);
  }

  /** The value that the options have, as {@link #canonical} would give it. */
  String of(TrialOptions options) {
    return reader.apply(options);
  }

  /** A value as flags of {@code train}; none where that is what {@code train} does without one. */
  List<String> flags(String value) {
    if (equals(RECENCY)) {
      if (value.equals(NONE)) {
        return List.of();
      }
      HistoryWeighting weighting = new AxisText(label).weighting(value);
      return List.of(
          "--recency-days", Double.toString(weighting.decayDays()),
          "--recency-floor", Double.toString(weighting.floor()));
    }
    if (label.equals("hidden")) {
      return value.equals(NONE)
          ? List.of("--no-network")
          : List.of("--hidden", value.replace('x', ','));
    }
    return List.of("--" + label, value);
  }

  @Override
  public int compareTo(Axis other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Axis axis && axis.label.equals(label) && axis.owner.equals(owner);
  }

  @Override
  public int hashCode() {
    return Objects.hash(owner, label);
  }

  @Override
  public String toString() {
    return label;
  }
}
