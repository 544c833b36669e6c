package dev.supcon.runner;

import dev.supcon.contract.spec.InitialWeightsSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepOrder;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.S3Place;
import dev.supcon.runner.data.SourcePlace;
import dev.supcon.runner.local.StopSignal;
import dev.supcon.runner.pod.PodLog;
import dev.supcon.runner.pod.PodSettings;
import dev.supcon.runner.pod.PodStep;
import dev.supcon.runner.pod.TerminationMessage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The process of one step in a pod: an order in, a result in the store out, and an exit code. */
public final class StepMain {
  /** The kubelet ends whoever takes longer than the pod's grace period. */
  private static final Duration UNTIL_KILLED = Duration.ofDays(1);

  private final Map<String, String> environment;
  private final StopSignal stop;
  private PodLog log;

  private StepMain(Map<String, String> environment, StopSignal stop) {
    this.environment = environment;
    this.stop = stop;
    this.log = log("");
  }

  /** Ends the process with one of {@link ExitCode}'s numbers, or with 1: nobody foresaw it. */
  public static void main(String[] arguments) {
    StopSignal stop = StopSignal.install(UNTIL_KILLED);
    int code = 1;
    try {
      code = new StepMain(System.getenv(), stop).run();
    } finally {
      stop.ended(code);
    }
    System.exit(code);
  }

  private int run() {
    TerminationMessage last = outcome();
    if (last.exitCode() == ExitCode.DONE.code() || last.exitCode() == ExitCode.RESUME.code()) {
      log.info(last.message());
    } else {
      log.error(last.message());
    }
    last.write(
        Path.of(environment.getOrDefault("SUPCON_TERMINATION_LOG", "/dev/termination-log")), log);
    return last.exitCode();
  }

  private TerminationMessage outcome() {
    try {
      PodSettings settings = PodSettings.of(environment);
      StepOrder order = settings.readOrder();
      log = log(order.request().header().name());
      return new PodStep(settings, order, log, stop::requested, InstantSource.system())
          .run(new StepDispatch(sources(order.request(), settings)));
    } catch (StepFailure failure) {
      return said(failure.exitCode().code(), String.valueOf(failure.getMessage()));
    } catch (Exception bug) { // whatever nobody foresaw may pass: another try is allowed
      log.bug(trace(bug));
      return said(1, "The runner failed in a way that nobody foresaw: " + bug);
    }
  }

  private PodLog log(String step) {
    return new PodLog(
        System.out, InstantSource.system(), step, environment.getOrDefault("SUPCON_ATTEMPT", ""));
  }

  private static Map<String, SourcePlace> sources(StepRequest request, PodSettings settings) {
    if (request instanceof StepRequest.Augment augment) {
      String s3 = augment.data().s3();
      if (s3 != null) {
        return Map.of(augment.data().name(), new S3Place(s3, settings.secrets().forS3()));
      }
    }
    if (request instanceof StepRequest.Pretrain pretrain) {
      InitialWeightsSpec weights = pretrain.encoder().initialWeights();
      String s3 = weights == null ? null : weights.s3();
      if (s3 != null) {
        return Map.of(InitialWeightsSpec.NAME, new S3Place(s3, settings.secrets().forS3()));
      }
    }
    return Map.of();
  }

  private static TerminationMessage said(int code, String message) {
    return new TerminationMessage(code, message, Map.of());
  }

  private static String trace(Exception bug) {
    StringWriter text = new StringWriter();
    bug.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
