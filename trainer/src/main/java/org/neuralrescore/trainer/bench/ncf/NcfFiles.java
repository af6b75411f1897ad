// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.ncf;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.eval.CandidateSet;

/**
 * {@code <name>.train.rating} (user, item, rating, time, by tabs), {@code <name>.test.rating} (one
 * line a user) and {@code <name>.test.negative} ({@code (user,item)} and the sampled items, line by
 * line as in the test file).
 *
 * @param train what is learned from
 * @param test each test item against the items sampled for it
 */
public record NcfFiles(Interactions train, CandidateSet test) {
  private static final String TRAIN = ".train.rating";

  /** The name before {@code .train.rating} of a folder's files, where it holds exactly one. */
  public static Optional<String> nameIn(Path folder) {
    try (var files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(file -> file.endsWith(TRAIN))
              .map(file -> file.substring(0, file.length() - TRAIN.length()))
              .toList();
      return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.INPUT, folder + ": cannot be listed (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Reads the three files.
   *
   * @param name such as {@code ml-1m}
   * @throws UserError of kind INPUT with file and line where one is missing or malformed
   */
  public static NcfFiles read(Path folder, String name) {
    Interactions train =
        new InteractionReader(InteractionFormat.movieLens100k(), ReadingRules.defaults())
            .read(folder.resolve(name + TRAIN));
    Path testFile = folder.resolve(name + ".test.rating");
    Path negativeFile = folder.resolve(name + ".test.negative");
    List<String> tests = lines(testFile);
    List<String> negatives = lines(negativeFile);
    if (tests.size() != negatives.size()) {
      throw new UserError(
          UserError.Kind.INPUT,
          negativeFile
              + ": has "
              + negatives.size()
              + " lines for the "
              + tests.size()
              + " of "
              + testFile.getFileName()
              + "; take both from one download");
    }
    List<Integer> users = new ArrayList<>();
    List<int[]> candidates = new ArrayList<>();
    for (int line = 0; line < tests.size(); line++) {
      String[] test = tests.get(line).split("\t", -1);
      String[] sampled = negatives.get(line).split("\t", -1);
      if (test.length < 2
          || sampled.length < 2
          || !sampled[0].equals("(" + test[0] + "," + test[1] + ")")) {
        throw new UserError(
            UserError.Kind.INPUT,
            negativeFile
                + " line "
                + (line + 1)
                + " begins with ["
                + sampled[0]
                + "], which is not (user,item) of the same line of "
                + testFile.getFileName());
      }
      OptionalInt user = train.users().row(test[0]);
      if (user.isEmpty()) {
        throw new UserError(
            UserError.Kind.INPUT,
            testFile
                + " line "
                + (line + 1)
                + " asks for user ["
                + test[0]
                + "], who is not in "
                + name
                + TRAIN);
      }
      int[] rows = new int[sampled.length];
      rows[0] = train.items().row(test[1]).orElse(-1);
      for (int i = 1; i < sampled.length; i++) {
        rows[i] = train.items().row(sampled[i].strip()).orElse(-1);
      }
      users.add(user.getAsInt());
      candidates.add(rows);
    }
    return new NcfFiles(
        train,
        new CandidateSet(
            train.histories(),
            users.stream().mapToInt(Integer::intValue).toArray(),
            candidates.toArray(int[][]::new)));
  }

  private static List<String> lines(Path file) {
    try {
      List<String> lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
      if (lines.isEmpty()) {
        throw new UserError(UserError.Kind.INPUT, file + ": is empty");
      }
      return lines;
    } catch (CharacterCodingException e) {
      throw new UserError(UserError.Kind.INPUT, file + ": is not UTF-8; convert it", e);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.INPUT,
          file + ": cannot be read; the protocol has three files of one name",
          e);
    }
  }
}
