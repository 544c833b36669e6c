package dev.supcon.runner.bench;

import java.time.Duration;
import java.util.List;

/** One side of a bench; it does nothing unless it is asked. */
interface Contestant {

  /** Takes so many steps, one after the other; milliseconds of each. */
  List<Double> steps(int count);

  /** Processor time that it has used so far. */
  Duration processorTime();
}
