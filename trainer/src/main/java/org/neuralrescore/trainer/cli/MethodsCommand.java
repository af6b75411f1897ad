// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.Setting;
import org.neuralrescore.trainer.factors.methods.FactorMethods;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code train --help} leaves out: methods with their options, and every other flag. */
@Command(
    name = "methods",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells of every method what it learns, its paper and its options, and of the flags of 'train'"
          + " that its --help leaves out.",
      ""
    })
final class MethodsCommand implements Callable<Integer> {
  @Mixin Output output;

  @Override
  public Integer call() {
    MethodList.lines().forEach(output::text);
    List<Map<String, Object>> all = new ArrayList<>();
    output.text("Options of a method (--set NAME=VALUE, as often as there are any):");
    for (FactorMethod method : FactorMethods.standard().all()) {
      if (method.standing() != FactorMethod.Standing.FORMER) {
        output.text("  " + method.label());
        method.settings().forEach(setting -> output.text(line(method, setting)));
        all.add(json(method));
      }
    }
    output.text("");
    output.text("Other flags of 'train':");
    for (OptionSpec option : new CommandLine(new TrainCommand()).getCommandSpec().options()) {
      if (!TrainHelp.has(option) && !isSetting(option)) {
        output.text("  " + TrainHelp.flag(option).strip());
        output.text("      " + String.join(" ", option.description()));
      }
    }
    output.json(Map.of("methods", all));
    return 0;
  }

  /** A setting has a flag of its own name, too, which is as good. */
  private static boolean isSetting(OptionSpec option) {
    String name = option.longestName().replaceFirst("^-+", "");
    return FactorMethods.standard().all().stream().anyMatch(m -> m.setting(name).isPresent());
  }

  private static String line(FactorMethod method, Setting setting) {
    return String.format(
        Locale.ROOT,
        "    %-28s %s; default %s",
        setting.name() + "=" + setting.takes(),
        setting.description(),
        setting.get(method.defaults()));
  }

  private static Map<String, Object> json(FactorMethod method) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", method.label());
    map.put("experimental", method.standing() == FactorMethod.Standing.EXPERIMENTAL);
    map.put("summary", method.summary());
    map.put("paper", method.paper());
    List<Map<String, String>> settings = new ArrayList<>();
    for (Setting setting : method.settings()) {
      settings.add(
          Map.of(
              "name", setting.name(),
              "takes", setting.takes(),
              "what", setting.description(),
              "default", setting.get(method.defaults())));
    }
    map.put("settings", settings);
    return map;
  }
}
