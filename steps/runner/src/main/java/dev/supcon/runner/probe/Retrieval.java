package dev.supcon.runner.probe;

import ai.djl.ndarray.NDManager;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every image asks for its like among all others, by cosine similarity. Images alone in their class
 * do not ask.
 */
public final class Retrieval {
  private static final int[] AMONG = {1, 2, 4, 8};

  /** Queries per block: its similarities to 50,000 rows take 50 MB. */
  private static final int BLOCK = 256;

  private static final String SCRIPT =
      """
      def nearest(self, rows: Tensor, start: int, end: int, k: int) -> Tensor:
        similarity = torch.mm(torch.slice(rows, 0, start, end), torch.t(rows))
        best, at = torch.topk(similarity, k, 1)
        return at
      """;

  private final int[] labels;
  private final int[] ofClass;
  private final int[] found = new int[AMONG.length];
  private double precision;
  private int queries;

  private Retrieval(int[] labels) {
    this.labels = labels;
    ofClass = new int[Arrays.stream(labels).max().orElse(0) + 1];
    for (int label : labels) {
      ofClass[label]++;
    }
  }

  /**
   * {@code recallAtK} for K of 1, 2, 4 and 8: the fraction of queries with one of their class among
   * the first K. {@code mapAtR}: the mean over queries of sum_i P(i) [i is of the class] / R over
   * the first R, with R others of the class and the precision P(i) of the first i (Musgrave et al.
   * 2020, section 3.2).
   *
   * @param beforeBlock may end the work by an exception
   * @return no metrics where no class has two images
   */
  public static Map<String, Double> metrics(Features features, Runnable beforeBlock) {
    Retrieval retrieval = new Retrieval(features.labels());
    retrieval.ask(features.unitRows(), beforeBlock);
    return retrieval.metrics();
  }

  /** As many as the largest class has, or what the largest K asks for; the query is among them. */
  private void ask(Features rows, Runnable beforeBlock) {
    int largest = Arrays.stream(ofClass).max().orElse(0);
    int k = Math.min(rows.size(), Math.max(largest, AMONG[AMONG.length - 1] + 1));
    try (NDManager manager = TorchEngine.newManager();
        ScriptModule script = ScriptModule.load(manager, ScriptArchive.of(SCRIPT))) {
      Argument all = Argument.of(rows.array(manager));
      for (int from = 0; from < rows.size(); from += BLOCK) {
        beforeBlock.run();
        int to = Math.min(rows.size(), from + BLOCK);
        try (NDManager block = manager.newSubManager()) {
          long[] nearest =
              script
                  .infer(
                      block,
                      "nearest",
                      all,
                      Argument.of((long) from),
                      Argument.of((long) to),
                      Argument.of((long) k))
                  .singletonOrThrow()
                  .toLongArray();
          for (int query = from; query < to; query++) {
            count(query, nearest, (query - from) * k, k);
          }
        }
      }
    }
  }

  private void count(int query, long[] nearest, int offset, int k) {
    int others = ofClass[labels[query]] - 1;
    if (others == 0) {
      return;
    }
    int rank = 0;
    int hits = 0;
    double sum = 0;
    for (int i = offset; i < offset + k; i++) {
      int other = (int) nearest[i];
      rank += other == query ? 0 : 1;
      if (other != query && labels[other] == labels[query]) {
        hits++;
        sum += rank <= others ? (double) hits / rank : 0;
        countFirst(hits, rank);
      }
    }
    precision += sum / others;
    queries++;
  }

  private void countFirst(int hits, int rank) {
    for (int i = 0; i < AMONG.length; i++) {
      found[i] += hits == 1 && rank <= AMONG[i] ? 1 : 0;
    }
  }

  private Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    if (queries > 0) {
      for (int i = 0; i < AMONG.length; i++) {
        metrics.put("recallAt" + AMONG[i], (double) found[i] / queries);
      }
      metrics.put("mapAtR", precision / queries);
    }
    return metrics;
  }
}
