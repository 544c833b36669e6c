package dev.supcon.runner.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.KnnSpec;
import dev.supcon.runner.measure.Predictions;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import dev.supcon.runner.torchscript.TorchEngine;

/**
 * Weighted nearest neighbours (Wu et al. 2018, section 3.4): the k rows of the bank with the
 * highest cosine similarity vote for their class with weight exp(similarity / temperature).
 */
public final class NearestNeighbours {
  /** Queries per block: its similarities to 50,000 rows take 50 MB. */
  private static final int BLOCK = 256;

  /** Votes are divided by their sum, so a common factor that keeps them from overflow is free. */
  private static final String SCRIPT =
      """
      def unit(self, x: Tensor) -> Tensor:
        return torch.div(x, torch.clamp_min(torch.norm(x, 2, [1], True), 1e-12))

      def votes(self, bank: Tensor, y: Tensor, queries: Tensor, start: int, end: int, classes: int, k: int, tau: float) -> Tensor:
        q = torch.slice(queries, 0, start, end)
        similarity = torch.mm(q, torch.t(bank))
        best, at = torch.topk(similarity, k, 1)
        labels = torch.reshape(torch.index_select(y, 0, torch.flatten(at)), [-1, k])
        shares = torch.softmax(torch.div(best, tau), 1)
        votes = torch.new_zeros(q, [torch.size(q, 0), classes])
        return torch.scatter_add_(votes, 1, labels, shares)
      """;

  private NearestNeighbours() {}

  /**
   * Each query's share of votes per class.
   *
   * @param beforeBlock may end the work by an exception
   */
  public static Predictions predict(
      Features bank, Features queries, int classes, KnnSpec spec, Runnable beforeBlock) {
    float[] shares = new float[queries.size() * classes];
    try (NDManager manager = TorchEngine.newManager();
        ScriptModule script = ScriptModule.load(manager, ScriptArchive.of(SCRIPT))) {
      Argument rows = Argument.of(unit(script, bank.array(manager)));
      Argument labels = Argument.of(bank.labelArray(manager));
      Argument asking = Argument.of(unit(script, queries.array(manager)));
      for (int from = 0; from < queries.size(); from += BLOCK) {
        beforeBlock.run();
        try (NDManager block = manager.newSubManager()) {
          NDList votes =
              script.infer(
                  block,
                  "votes",
                  rows,
                  labels,
                  asking,
                  Argument.of((long) from),
                  Argument.of((long) from + BLOCK),
                  Argument.of((long) classes),
                  Argument.of((long) Math.min(spec.neighbours(), bank.size())),
                  Argument.of(spec.temperature().doubleValue()));
          float[] found = votes.singletonOrThrow().toFloatArray();
          System.arraycopy(found, 0, shares, from * classes, found.length);
        }
      }
    }
    return new Predictions(shares, classes, queries.labels());
  }

  private static NDArray unit(ScriptModule script, NDArray rows) {
    return script.infer(rows.getManager(), "unit", Argument.of(rows)).singletonOrThrow();
  }
}
