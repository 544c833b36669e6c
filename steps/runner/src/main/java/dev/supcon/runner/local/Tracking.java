package dev.supcon.runner.local;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.StepReport;
import dev.supcon.runner.report.RunResult;
import dev.supcon.services.store.MetricPoint;
import java.nio.file.Path;

/** What a run tells a tracking server. */
public final class Tracking {
  void begin(Plan plan, String spec) {}

  void end(RunResult result, Path report) {}

  Step step(PlannedStep step, String attempt) {
    return new Step();
  }

  static final class Step implements AutoCloseable {
    void measured(MetricPoint point) {}

    void done(StepReport report, Path output) {}

    @Override
    public void close() {}
  }
}
