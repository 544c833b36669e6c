package dev.supcon.runner.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import dev.supcon.runner.torchscript.Tensors;
import java.util.stream.IntStream;

/**
 * How embeddings lie on their sphere; computed in fp64.
 *
 * @param rankMe how many dimensions are in use: the exponential of the entropy of the singular
 *     values, with an epsilon of 1e-7 (RankMe, Garrido et al. 2023, arXiv 2210.02885, equation 1);
 *     1 when all are alike, at most the smaller of rows and dimensions
 * @param alignment mean squared distance of the embeddings of positive pairs, 0 at best (Wang and
 *     Isola 2020, arXiv 2005.10242, with their alpha of 2)
 * @param uniformity logarithm of the mean of {@code exp(-2 d²)} over all pairs of rows, d being
 *     their distance; 0 when all are alike, about -4 at best (the same, with their t of 2)
 */
public record EmbeddingGeometry(double rankMe, double alignment, double uniformity) {
  private static final String SCRIPT =
      """
      def geometry(self, z: Tensor, y: Tensor, images: int) -> Tensor:
        x = torch.to(z, 7)
        first = torch.slice(x, 0, 0, images)
        s = torch.linalg_svdvals(first)
        p = torch.add(torch.div(s, torch.sum(s)), 1e-07)
        rank = torch.exp(torch.neg(torch.sum(torch.mul(p, torch.log(p)))))
        d = torch.square(torch.pdist(first, 2.))
        uniformity = torch.log(torch.mean(torch.exp(torch.mul(d, -2.))))
        n = torch.sum(torch.mul(x, x), [1])
        dots = torch.matmul(x, torch.t(x))
        all = torch.sub(torch.add(torch.unsqueeze(n, 0), torch.unsqueeze(n, 1)), torch.mul(dots, 2.))
        same = torch.triu(torch.to(torch.eq(torch.unsqueeze(y, 0), torch.unsqueeze(y, 1)), 7), 1)
        alignment = torch.div(torch.sum(torch.mul(torch.clamp_min(all, 0.), same)), torch.sum(same))
        return torch.stack([rank, alignment, uniformity])
      """;

  /**
   * Of rows of which those with the same label are positives of each other.
   *
   * @param embeddings fp32 [V B, D], view-major
   * @param labels [B], of the images; B is 2 or more
   * @return rank and uniformity of the first views; an alignment that is not a number where no two
   *     rows have the same label; nothing is one where an embedding is not finite
   */
  public static EmbeddingGeometry of(NDArray embeddings, int[] labels) {
    if (!Float.isFinite(sum(embeddings))) { // of which there is no decomposition
      return new EmbeddingGeometry(Double.NaN, Double.NaN, Double.NaN);
    }
    int rows = Math.toIntExact(embeddings.getShape().get(0));
    int[] all = IntStream.range(0, rows).map(row -> labels[row % labels.length]).toArray();
    try (NDManager scope = embeddings.getManager().newSubManager();
        ScriptModule script = ScriptModule.load(scope, ScriptArchive.of(SCRIPT))) {
      double[] values =
          script
              .infer(
                  scope,
                  "geometry",
                  Argument.of(embeddings),
                  Argument.of(Tensors.longs(scope, all)),
                  Argument.of((long) labels.length))
              .singletonOrThrow()
              .toDoubleArray();
      return new EmbeddingGeometry(values[0], values[1], values[2]);
    }
  }

  private static float sum(NDArray embeddings) {
    try (NDArray sum = embeddings.sum()) {
      return sum.getFloat();
    }
  }
}
