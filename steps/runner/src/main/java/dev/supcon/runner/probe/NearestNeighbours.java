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
  private static final long BLOCK = 256;

  /** Votes are divided by their sum, so a common factor that keeps them from overflow is free. */
  private static final String SCRIPT =
      """
      def unit(self, x: Tensor) -> Tensor:
        return torch.div(x, torch.clamp_min(torch.norm(x, 2, [1], True), 1e-12))

      def votes(self, bank: Tensor, y: Tensor, queries: Tensor, classes: int, k: int, tau: float, block: int) -> Tensor:
        bank_t = torch.t(self.unit(bank))
        q = self.unit(queries)
        n = torch.size(q, 0)
        votes = torch.new_zeros(q, [n, classes])
        for i in range(torch.floordiv(n + block - 1, block)):
          a = i * block
          similarity = torch.mm(torch.slice(q, 0, a, a + block), bank_t)
          best, at = torch.topk(similarity, k, 1)
          labels = torch.reshape(torch.index_select(y, 0, torch.flatten(at)), [-1, k])
          shares = torch.softmax(torch.div(best, tau), 1)
          torch.scatter_add_(torch.slice(votes, 0, a, a + block), 1, labels, shares)
        return votes
      """;

  private NearestNeighbours() {}

  /** Each query's share of votes per class. */
  public static Predictions predict(Features bank, Features queries, int classes, KnnSpec spec) {
    try (NDManager manager = TorchEngine.newManager();
        ScriptModule script = ScriptModule.load(manager, ScriptArchive.of(SCRIPT))) {
      NDList votes =
          script.infer(
              manager,
              "votes",
              Argument.of(bank.array(manager)),
              Argument.of(bank.labelArray(manager)),
              Argument.of(queries.array(manager)),
              Argument.of((long) classes),
              Argument.of((long) Math.min(spec.neighbours(), bank.size())),
              Argument.of(spec.temperature().doubleValue()),
              Argument.of(BLOCK));
      NDArray shares = votes.singletonOrThrow();
      return new Predictions(shares.toFloatArray(), classes, queries.labels());
    }
  }
}
