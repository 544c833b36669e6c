package dev.supcon.operator.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An operator that dies once, and one that takes over and knows nothing of it. */
final class Reborn implements AutoCloseable {
  private static final long QUIET = 1000;

  private final Stage stage;
  private final LogWatch log;
  private final LossyApiServer first;
  private final List<LossyApiServer> servers = new CopyOnWriteArrayList<>();
  private final List<StartedOperator> operators = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  Reborn(Stage stage, LogWatch log, LossyApiServer.Death death) {
    this.stage = stage;
    this.log = log;
    this.first = new LossyApiServer(StartedOperator.config(), death);
  }

  void start() {
    start(first, stage.namespace() + "/first");
    var unused = first.died().thenRun(this::takeOver);
  }

  /** At the moment of death: nobody has heard of it yet. */
  private void takeOver() {
    log.dies(stage.namespace() + "/first");
    if (!closed) {
      start(
          new LossyApiServer(StartedOperator.config(), LossyApiServer.Death.NEVER),
          stage.namespace() + "/second");
    }
  }

  private void start(LossyApiServer server, String life) {
    servers.add(server);
    Thread.ofPlatform()
        .daemon()
        .name(life)
        .start(
            () -> {
              log.hear(life);
              operators.add(
                  StartedOperator.on(
                      stage.folder(), StartedOperator.client(server.config()), stage.namespace()));
            });
  }

  boolean died() {
    return first.died().isDone();
  }

  /** All writes of both, when none came for a while. */
  List<LossyApiServer.Write> writesWhenQuiet() {
    List<LossyApiServer.Write> before = List.of();
    List<LossyApiServer.Write> now = writes();
    while (now.size() != before.size()) {
      before = now;
      Stage.pause(QUIET);
      now = writes();
    }
    return now;
  }

  private List<LossyApiServer.Write> writes() {
    List<LossyApiServer.Write> all = new ArrayList<>();
    servers.forEach(server -> all.addAll(server.writes()));
    return all;
  }

  @Override
  public void close() {
    closed = true;
    log.dies(stage.namespace() + "/first");
    log.dies(stage.namespace() + "/second");
    operators.forEach(StartedOperator::close);
    servers.forEach(LossyApiServer::close);
  }
}
