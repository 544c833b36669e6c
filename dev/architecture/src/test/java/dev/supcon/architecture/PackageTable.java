package dev.supcon.architecture;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which of our packages may use which, as the design's table says. */
final class PackageTable {
  private static final String WORDS = "contract.spec contract.step ";
  private static final String STATIONS =
      "runner.data runner.view runner.network runner.loss runner.optim ";
  private static final String STEP =
      WORDS
          + STATIONS
          + "runner.torchscript runner.train runner.probe runner.measure runner.checkpoint"
          + " runner.workspace ";
  private static final String STEPS =
      "runner.augment runner.pretrain runner.linear runner.corruption runner.transfer ";
  private static final String SERVICES = "services.store services.track ";
  private static final String PLAN = WORDS + "contract.plan ";

  private static final Map<String, String> MAY_USE =
      Map.ofEntries(
          entry("contract.spec", ""),
          entry("contract.step", "contract.spec"),
          entry("contract.plan", WORDS),
          entry("services.store", "contract.step"),
          entry("services.track", "contract.step"),
          entry("operator.probe", ""),
          entry("operator.api", "contract.spec"),
          entry("operator.config", "contract.spec"),
          entry("operator.observe", "operator.api contract.plan contract.step"),
          entry("operator.decide", PLAN + "operator.api operator.observe"),
          entry(
              "operator.render",
              "operator.api operator.config contract.plan contract.step" + " contract.spec"),
          entry("operator.status", PLAN + "operator.api operator.observe operator.decide"),
          entry("operator.trace", "operator.api"),
          entry(
              "operator.mirror",
              PLAN
                  + "operator.api operator.config operator.observe operator.status services.store"
                  + " services.track"),
          entry(
              "operator.reconcile",
              PLAN
                  + "operator.api operator.config operator.observe operator.decide operator.render"
                  + " operator.status operator.trace operator.mirror"),
          entry("runner.measure", ""),
          entry("runner.workspace", "contract.step services.store"),
          entry("runner.torchscript", "contract.step"),
          entry("runner.checkpoint", "contract.step runner.workspace services.store"),
          entry("runner.report", "contract.step"),
          entry("runner.layout", WORDS),
          entry("runner.data", WORDS + "runner.layout services.store"),
          entry("runner.view", WORDS + "runner.data"),
          entry("runner.imagenetc", "contract.spec runner.data"),
          entry("runner.network", WORDS + "runner.torchscript runner.data runner.view"),
          entry("runner.loss", WORDS + "runner.torchscript runner.data runner.view runner.network"),
          entry(
              "runner.optim",
              WORDS + "runner.torchscript runner.data runner.view runner.network runner.loss"),
          entry(
              "runner.probe",
              WORDS + STATIONS + "runner.torchscript runner.measure runner.checkpoint"),
          entry(
              "runner.train",
              WORDS + STATIONS + "runner.torchscript runner.checkpoint runner.workspace"),
          entry("runner.weights", WORDS + "runner.network runner.checkpoint"),
          entry("runner.augment", STEP),
          entry("runner.pretrain", STEP + "runner.weights"),
          entry("runner.linear", STEP),
          entry("runner.corruption", STEP + "runner.imagenetc"),
          entry("runner.transfer", STEP),
          entry("runner.bench", STEP + "runner.imagenetc"),
          entry(
              "runner.export",
              WORDS
                  + "runner.data runner.network runner.probe runner.torchscript runner.checkpoint"
                  + " runner.train services.store"),
          entry("runner.attempt", "contract.step runner.workspace " + SERVICES),
          entry(
              "runner.local",
              PLAN
                  + SERVICES
                  + STEPS
                  + "runner.attempt runner.data runner.download runner.report runner.workspace"),
          entry("runner.download", WORDS + "services.store"),
          entry("runner.pod", "contract.step runner.attempt runner.workspace " + SERVICES),
          entry(
              "runner",
              PLAN
                  + SERVICES
                  + STEP
                  + STEPS
                  + "runner.attempt runner.bench runner.download runner.export runner.imagenetc"
                  + " runner.local runner.pod runner.report"));

  private PackageTable() {}

  static boolean knows(String place) {
    return MAY_USE.containsKey(place);
  }

  static Set<String> mayUse(String place) {
    return new TreeSet<>(List.of(MAY_USE.getOrDefault(place, "").trim().split(" ")));
  }
}
