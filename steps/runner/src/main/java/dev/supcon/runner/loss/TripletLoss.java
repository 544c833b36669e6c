package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;
import dev.supcon.runner.torchscript.Argument;

/**
 * The triplet loss with the hardest positive p and the hardest negative n of each anchor in the
 * batch ("batch hard", Hermans et al. 2017, arXiv 1703.07737), by squared distances as in FaceNet:
 *
 * <pre>
 *   L = 1/M sum_i max(0, |z_i - z_p|^2 - |z_i - z_n|^2 + margin),   p farthest, n nearest
 * </pre>
 *
 * <p>On the unit sphere |a - b|^2 = 2 - 2 a.b, which is what is computed and differentiated. An
 * anchor without a positive or without a negative adds 0 and counts in the mean. Distances are
 * computed in tiles of the upper triangle; memory is O(M D).
 */
public final class TripletLoss implements EmbeddingLoss {
  private static final String SCRIPT =
      """
      def nearest(self, s: Tensor, dropped: Tensor, best: Tensor, at: Tensor, start: int) -> Tensor:
        found, column = torch.max(torch.masked_fill(s, dropped, -1e30), 1)
        better = torch.gt(found, best)
        torch.copy_(best, torch.where(better, found, best))
        torch.copy_(at, torch.where(better, torch.add(column, start), at))
        return at

      def of(self, z: Tensor, y: Tensor, margin: float, tile: int) -> Tuple[Tensor, Tensor]:
        m = torch.size(z, 0)
        far = torch.full_like(torch.select(z, 1, 0), -1e30)
        near = torch.clone(far)
        p = torch.zeros_like(y)
        n = torch.zeros_like(y)
        tiles = torch.floordiv(m + tile - 1, tile)
        for i in range(tiles):
          a = i * tile
          for k in range(tiles - i):
            b = (i + k) * tile
            s = torch.mm(torch.slice(z, 0, a, a + tile), torch.t(torch.slice(z, 0, b, b + tile)))
            away = torch.neg(s)
            same = torch.eq(torch.unsqueeze(torch.slice(y, 0, a, a + tile), 1), torch.slice(y, 0, b, b + tile))
            other = torch.logical_not(same)
            if k == 0:
              torch.fill_diagonal_(other, 1)
            self.nearest(away, other, torch.slice(far, 0, a, a + tile), torch.slice(p, 0, a, a + tile), b)
            self.nearest(s, same, torch.slice(near, 0, a, a + tile), torch.slice(n, 0, a, a + tile), b)
            if k > 0:
              self.nearest(torch.t(away), torch.t(other), torch.slice(far, 0, b, b + tile), torch.slice(p, 0, b, b + tile), a)
              self.nearest(torch.t(s), torch.t(same), torch.slice(near, 0, b, b + tile), torch.slice(n, 0, b, b + tile), a)
        both = torch.logical_and(torch.gt(far, -1e29), torch.gt(near, -1e29))
        excess = torch.add(torch.mul(torch.add(near, far), 2.), margin)
        active = torch.logical_and(both, torch.gt(excess, 0.))
        total = torch.sum(torch.masked_fill(excess, torch.logical_not(active), 0.), dtype=7)
        weight = torch.unsqueeze(torch.mul(torch.type_as(active, z), torch.div(2., float(m))), 1)
        own = torch.mul(z, weight)
        g = torch.mul(torch.sub(torch.index_select(z, 0, n), torch.index_select(z, 0, p)), weight)
        g = torch.index_add(torch.index_add(g, 0, n, own), 0, p, torch.neg(own))
        return (torch.div(total, float(m)), g)
      """;

  private final double margin;
  private final int tile;
  private final LossScript script = new LossScript(SCRIPT);

  /**
   * @param margin of squared distances on the unit sphere, from 0 to 4
   */
  public TripletLoss(double margin) {
    this(margin, 0);
  }

  /**
   * @param tile rows of a tile; 0 for what suits the device
   */
  TripletLoss(double margin, int tile) {
    this.margin = margin;
    this.tile = tile;
  }

  @Override
  public LossGradient of(NDArray embeddings, int[] labels) {
    Argument rows = Argument.of(SupConLoss.tile(tile, embeddings.getDevice()));
    return script.run("of", embeddings, labels, Argument.of(margin), rows);
  }

  @Override
  public void close() {
    script.close();
  }
}
