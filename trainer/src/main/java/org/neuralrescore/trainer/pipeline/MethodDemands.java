// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.RowScheme;

/** What methods do not read of a run's options, refused before the work rather than left unread. */
public final class MethodDemands {
  private MethodDemands() {}

  /** Whether a method goes on with the weighted implicit loss that factors begin with. */
  static boolean movesFactors(Method method) {
    return method == Method.JOINT || method == Method.MULTITASK || method == Method.TRANSFER;
  }

  /** What a scheme asks of cells, as flags; a method that moves factors gives all one weight. */
  static List<String> unread(RowScheme rows) {
    List<String> flags = new ArrayList<>(rows.flagsOfCells(true));
    if (rows.values() != CellValues.ONE) {
      flags.add("--values");
    }
    return flags;
  }

  /**
   * Refuses what was asked for and a named method would undo or not read.
   *
   * @throws UserError of kind USAGE
   */
  public static void requireRead(TrainingOptions training, Set<Method> methods) {
    String moving =
        methods.stream()
            .filter(MethodDemands::movesFactors)
            .sorted()
            .map(Method::label)
            .collect(Collectors.joining(", "));
    List<String> cells = unread(training.rows());
    if (!moving.isEmpty() && !cells.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.join(" and ", cells)
              + " would be undone by --method "
              + moving
              + ", which moves the factors with every cell at the same weight; leave one of them"
              + " out, or take --method pipeline");
    }
    boolean features = !training.features().features().isEmpty();
    boolean recent = training.features().recent().isPresent();
    if (!methods.contains(Method.PIPELINE) && (features || recent)) {
      throw new UserError(
          UserError.Kind.USAGE,
          Stream.of(features ? "--features" : "", recent ? "--recent" : "")
                  .filter(flag -> !flag.isEmpty())
                  .collect(Collectors.joining(" and "))
              + " would not be read: they are of --method pipeline alone; name it, too, or leave"
              + " them out");
    }
  }
}
