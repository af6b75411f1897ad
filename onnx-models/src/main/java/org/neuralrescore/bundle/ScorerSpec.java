// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The scorer graph's signature.
 *
 * @param file its file in the bundle
 * @param inputs exactly one {@link InputSource.UserVector}, at most one {@link
 *     InputSource.RecentVector} and one {@link InputSource.ItemNeighbours}, and at least one input
 *     with a row a hit; names differ, and so do the columns of {@link InputSource.Context}s
 * @param output the output's name, shape {@code [rows, 1]} or {@code [rows]}
 * @param transform makes a positive score of the output
 */
public record ScorerSpec(
    String file, List<InputSource> inputs, String output, ScoreTransform transform) {
  public ScorerSpec {
    inputs = List.copyOf(inputs);
    if (inputs.size() > Limits.INPUTS) {
      throw new InvalidBundleException(
          "manifest.json scorer.inputs expects at most "
              + Limits.INPUTS
              + " inputs, got "
              + inputs.size());
    }
    Set<String> names = new HashSet<>();
    Set<String> columns = new HashSet<>();
    boolean rows = false;
    int values = 0;
    int users = 0;
    int recents = 0;
    int neighbours = 0;
    for (InputSource input : inputs) {
      if (!names.add(input.name())) {
        throw new InvalidBundleException(
            "manifest.json scorer.inputs has two inputs named [" + input.name() + "]");
      }
      if (input instanceof InputSource.UserVector) {
        users++;
      }
      if (input instanceof InputSource.RecentVector) {
        recents++;
      }
      if (input instanceof InputSource.ItemNeighbours) {
        neighbours++;
      }
      if (input instanceof InputSource.Context context) {
        values += context.width();
        if (!columns.add(context.column())) {
          throw new InvalidBundleException(
              "manifest.json scorer.inputs has two inputs of context column ["
                  + context.column()
                  + "]");
        }
      }
      rows |= !input.isOncePerSearch();
    }
    if (values > Limits.CONTEXT_VALUES) {
      throw new InvalidBundleException(
          "manifest.json scorer.inputs expects at most "
              + Limits.CONTEXT_VALUES
              + " values of context in all, got "
              + values);
    }
    if (users != 1) {
      throw new InvalidBundleException(
          "manifest.json scorer.inputs expects exactly one input of source user_vector, got "
              + users);
    }
    if (recents > 1) {
      throw new InvalidBundleException(
          "manifest.json scorer.inputs expects at most one input of source recent_vector, got "
              + recents);
    }
    if (neighbours > 1) {
      throw new InvalidBundleException(
          "manifest.json scorer.inputs expects at most one input of source item_neighbours, got "
              + neighbours);
    }
    if (!rows) {
      throw new InvalidBundleException(
          "manifest.json scorer.inputs expects an input besides user_vector, recent_vector and"
              + " context: one with a row a hit");
    }
  }

  /** The input that the request's user fills. */
  public InputSource.UserVector user() {
    for (InputSource input : inputs) {
      if (input instanceof InputSource.UserVector user) {
        return user;
      }
    }
    throw new AssertionError("checked in the constructor");
  }

  /** The inputs that are vectors of items, in the manifest's order: the factors first. */
  public List<InputSource.ItemVector> itemVectors() {
    return inputs.stream()
        .filter(InputSource.ItemVector.class::isInstance)
        .map(InputSource.ItemVector.class::cast)
        .toList();
  }

  /** The inputs with a row a hit, in the manifest's order. */
  public List<InputSource> rowInputs() {
    return inputs.stream().filter(input -> !input.isOncePerSearch()).toList();
  }

  /** The input that the newest items of the request's user fill, where there is one. */
  public Optional<InputSource.RecentVector> recentInput() {
    return inputs.stream()
        .filter(InputSource.RecentVector.class::isInstance)
        .map(InputSource.RecentVector.class::cast)
        .findFirst();
  }

  /** The input that the items of the user's history fill, where there is one. */
  public Optional<InputSource.ItemNeighbours> neighbourInput() {
    return inputs.stream()
        .filter(InputSource.ItemNeighbours.class::isInstance)
        .map(InputSource.ItemNeighbours.class::cast)
        .findFirst();
  }

  /** The inputs that are fed once a search beside the user, in the manifest's order. */
  public List<InputSource> requestInputs() {
    return inputs.stream()
        .filter(input -> input.isOncePerSearch() && !(input instanceof InputSource.UserVector))
        .toList();
  }

  /** The inputs that the request's context fills, in the manifest's order. */
  public List<InputSource.Context> contextInputs() {
    return inputs.stream()
        .filter(InputSource.Context.class::isInstance)
        .map(InputSource.Context.class::cast)
        .toList();
  }
}
