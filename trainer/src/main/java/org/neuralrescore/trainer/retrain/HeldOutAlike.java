// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.bundle.TrainedWith;
import org.neuralrescore.trainer.data.interactions.Reading;
import org.neuralrescore.trainer.data.interactions.TimeParser;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.SplitProtocol;
import org.neuralrescore.trainer.pipeline.TrainingOptions;

/**
 * Whether a deployed model held out as is held out now: by the same protocol, of data that was read
 * by the same rules. Then it has learned from nothing that is asked about, for what is new comes
 * behind what it knew. By other rules another of a user's pairs is the last: who learned from all
 * clicks knows the last purchase, too.
 *
 * @param training of now
 * @param reading of the data of now
 */
record HeldOutAlike(
    TrainingOptions training, Reading reading, GateOptions gate, RetrainListener listener) {

  /**
   * Passes where it is so, or is not known.
   *
   * @throws UserError of kind MISMATCH where it is not, unless the gate is forced
   */
  void require(Bundle deployed) {
    Optional<Provenance> made = Provenance.of(deployed.manifest());
    if (made.filter(Provenance::ofUsersElsewhere).isPresent()) {
      require(
          gate,
          listener,
          "the deployed generation was trained with --driver-users, so it learned the whole histories"
              + " of all others, with what is held out now",
          "publish the first model of one machine by --force");
      return;
    }
    Optional<TrainedWith> then = made.flatMap(Provenance::trained);
    if (then.isEmpty()) {
      listener.note(
          "the deployed generation does not say what it held out: it may have learned from the"
              + " gate's cases");
      return;
    }
    String now = training.protocol().label();
    if (!then.get().protocol().equals(now)) {
      require(
          gate,
          listener,
          "the deployed generation was trained with --protocol "
              + then.get().protocol()
              + ", so it may have learned from what "
              + now
              + " holds out",
          "keep the protocol");
    }
    if (then.get().reading().isEmpty()) {
      listener.note(
          "the deployed generation does not say by what rules its data was read: if these were"
              + " others, it may have learned from the gate's cases");
      return;
    }
    List<String> other = others(then.get().reading().get(), reading, training.protocol());
    if (!other.isEmpty()) {
      require(
          gate,
          listener,
          "the deployed generation's data was read with "
              + String.join(", ", other)
              + ", so it may have learned from what is held out now",
          "keep the rules");
    }
  }

  /** Rules that were others, and what they are now. */
  static List<String> others(Reading then, Reading now, SplitProtocol protocol) {
    List<String> other = new ArrayList<>();
    add(other, "--min-rating", number(then.minRating()), number(now.minRating()));
    add(other, "--duplicates", then.duplicates(), now.duplicates());
    add(other, "--ties", then.ties(), now.ties());
    add(other, "--where", then.where(), now.where());
    if (!isLater(then.until(), now.until())) {
      add(other, "--until", then.until(), now.until());
    }
    if (!(protocol instanceof LeaveLastOut) && !isLater(then.since(), now.since())) {
      // How far a history goes back makes none of its interactions another's last.
      add(other, "--since", then.since(), now.since());
    }
    return other;
  }

  /** Of two moments that say the same of themselves on any day; what is date math never is. */
  private static boolean isLater(String then, String now) {
    Optional<TimeParser.Time> before = moment(then);
    Optional<TimeParser.Time> behind = moment(now);
    return before.isPresent()
        && behind.isPresent()
        && behind.get().millis() >= before.get().millis();
  }

  /** As a date: a number may be a year to a cluster. */
  private static Optional<TimeParser.Time> moment(String text) {
    return TimeParser.parse(text).filter(time -> time.spelling() == TimeParser.Spelling.ISO);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static void add(List<String> other, String flag, String then, String now) {
    if (!then.equals(now)) {
      other.add(
          flag
              + " "
              + (then.isEmpty() ? "none" : then)
              + " (now "
              + (now.isEmpty() ? "none" : now)
              + ")");
    }
  }

  /**
   * A flaw of the comparison that only who forces the gate accepts.
   *
   * @param advice what to do otherwise
   */
  static void require(GateOptions gate, RetrainListener listener, String flaw, String advice) {
    if (!gate.force()) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          flaw + ": the two cannot be compared; " + advice + ", or publish with --force");
    }
    listener.note(flaw + ": its figure flatters it");
  }
}
