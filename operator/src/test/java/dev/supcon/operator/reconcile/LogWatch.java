package dev.supcon.operator.reconcile;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Hears every warning and every exception that is logged, by the life of an operator that logged
 * it: its threads descend from the one that started it.
 */
final class LogWatch extends Handler implements AutoCloseable {
  private static final InheritableThreadLocal<String> LIFE = new InheritableThreadLocal<>();

  /**
   * Whose exceptions are heard at every level; of the rest there would be a record of each byte.
   */
  private static final List<Logger> OURS =
      List.of(Logger.getLogger("dev.supcon"), Logger.getLogger("io.javaoperatorsdk"));

  private final Queue<Said> said = new ConcurrentLinkedQueue<>();
  private final Set<String> dead = ConcurrentHashMap.newKeySet();

  private record Said(String life, String words) {}

  LogWatch() {
    setLevel(Level.ALL);
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    OURS.forEach(logger -> logger.setLevel(Level.FINE));
    root.addHandler(this);
  }

  /** What this thread and its descendants log from now on is that life's. */
  void hear(String life) {
    LIFE.set(life);
  }

  /** What it still logs is of no interest. */
  void dies(String life) {
    dead.add(life);
  }

  @Override
  public void publish(LogRecord record) {
    String life = String.valueOf(LIFE.get());
    boolean loud = record.getLevel().intValue() >= Level.WARNING.intValue();
    boolean slow = String.valueOf(record.getLoggerName()).endsWith("BlockedThreadChecker");
    if ((loud || record.getThrown() != null) && !slow && !dead.contains(life)) {
      said.add(
          new Said(
              life,
              record.getLevel()
                  + " "
                  + record.getLoggerName()
                  + " "
                  + record.getMessage()
                  + " "
                  + record.getThrown()));
    }
  }

  /** What lives said whose name begins so. */
  List<String> said(String lives) {
    return said.stream().filter(line -> line.life().startsWith(lives)).map(Said::words).toList();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
