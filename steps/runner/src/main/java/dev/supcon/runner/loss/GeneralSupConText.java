package dev.supcon.runner.loss;

/**
 * The script of {@link GeneralSupConLoss}. Modes: {@code inside} 0 or 1; {@code among} 0 all, 1
 * onePositive, 2 onlyNegatives. -1e30 stands for minus infinity.
 *
 * <p>Rows of the accumulators {@code sums} [M, 3]: log-sum-exp of the negatives and of the
 * positives, and the sum of the positives' similarities. Rows of {@code pairs} [M, 2], with q =
 * sigmoid(s_ip - log sum_N): outside, sum -log q and log sum q / exp s; inside, log sum q and log
 * sum q^2 / exp s. Rows of {@code terms} [M, 4], logarithms of the gradient's factors: of exp s for
 * a negative, of the positive's part, and both once more as numbers.
 */
final class GeneralSupConText {
  private GeneralSupConText() {}

  /** Who is whose positive; the rank of a row's image in its class decides what a cap keeps. */
  private static final String MASKS =
      """
      def same(self, y_rows: Tensor, y_columns: Tensor) -> Tensor:
        return torch.eq(torch.unsqueeze(y_rows, 1), y_columns)

      def kept(self, same: Tensor, rank_rows: Tensor, rank_columns: Tensor, keep: int) -> Tensor:
        if keep < 0:
          return torch.clone(same)
        r = torch.unsqueeze(rank_rows, 1)
        before = torch.lt(rank_columns, keep)
        next = torch.logical_and(torch.eq(rank_columns, keep), torch.lt(r, keep))
        image = torch.eq(r, rank_columns)
        return torch.logical_and(same, torch.logical_or(torch.logical_or(before, next), image))
      """;

  private static final String SUMS =
      """
      def add_sums(self, s: Tensor, same: Tensor, kept: Tensor, sums: Tensor) -> Tensor:
        other = torch.logical_not(kept)
        negatives = torch.logsumexp(torch.masked_fill(s, same, -1e30), [1])
        positives = torch.logsumexp(torch.masked_fill(s, other, -1e30), [1])
        log_negatives = torch.select(sums, 1, 0)
        log_positives = torch.select(sums, 1, 1)
        torch.copy_(log_negatives, torch.logaddexp(log_negatives, torch.to(negatives, 7)))
        torch.copy_(log_positives, torch.logaddexp(log_positives, torch.to(positives, 7)))
        torch.add_(torch.select(sums, 1, 2), torch.sum(torch.masked_fill(s, other, 0.), [1], dtype=7))
        return sums

      def add_pairs(self, s: Tensor, kept: Tensor, sums: Tensor, pairs: Tensor, inside: int) -> Tensor:
        other = torch.logical_not(kept)
        log_negatives = torch.unsqueeze(torch.type_as(torch.select(sums, 1, 0), s), 1)
        log_q = torch.log_sigmoid(torch.sub(s, log_negatives))
        first = torch.select(pairs, 1, 0)
        second = torch.select(pairs, 1, 1)
        if inside == 1:
          own = torch.logsumexp(torch.masked_fill(log_q, other, -1e30), [1])
          torch.copy_(first, torch.logaddexp(first, torch.to(own, 7)))
          pull = torch.sub(torch.mul(log_q, 2.), s)
        else:
          torch.sub_(first, torch.sum(torch.masked_fill(log_q, other, 0.), [1], dtype=7))
          pull = torch.sub(log_q, s)
        log_pull = torch.logsumexp(torch.masked_fill(pull, other, -1e30), [1])
        torch.copy_(second, torch.logaddexp(second, torch.to(log_pull, 7)))
        return pairs
      """;

  private static final String PASSES =
      """
      def sum_pass(self, z: Tensor, y: Tensor, rank: Tensor, sums: Tensor, pairs: Tensor, tau: float, keep: int, inside: int, tile: int, second: bool) -> Tensor:
        scaled = torch.div(z, tau)
        n = torch.floordiv(torch.size(z, 0) + tile - 1, tile)
        for i in range(n):
          a = i * tile
          y_i = torch.slice(y, 0, a, a + tile)
          rank_i = torch.slice(rank, 0, a, a + tile)
          sums_i = torch.slice(sums, 0, a, a + tile)
          pairs_i = torch.slice(pairs, 0, a, a + tile)
          for k in range(n - i):
            b = (i + k) * tile
            y_j = torch.slice(y, 0, b, b + tile)
            rank_j = torch.slice(rank, 0, b, b + tile)
            s = torch.mm(torch.slice(scaled, 0, a, a + tile), torch.t(torch.slice(z, 0, b, b + tile)))
            same = self.same(y_i, y_j)
            kept = self.kept(same, rank_i, rank_j, keep)
            if k == 0:
              torch.fill_diagonal_(kept, 0)
            if second:
              self.add_pairs(s, kept, sums_i, pairs_i, inside)
            else:
              self.add_sums(s, same, kept, sums_i)
            if k > 0:
              sums_j = torch.slice(sums, 0, b, b + tile)
              pairs_j = torch.slice(pairs, 0, b, b + tile)
              back = self.kept(torch.t(same), rank_j, rank_i, keep)
              if second:
                self.add_pairs(torch.t(s), back, sums_j, pairs_j, inside)
              else:
                self.add_sums(torch.t(s), torch.t(same), back, sums_j)
        return sums

      def gradient_pass(self, z: Tensor, y: Tensor, rank: Tensor, factors: Tensor, tau: float, keep: int, inside: int, among: int, tile: int) -> Tensor:
        scaled = torch.div(z, tau)
        g = torch.zeros_like(z)
        n = torch.floordiv(torch.size(z, 0) + tile - 1, tile)
        for i in range(n):
          a = i * tile
          z_i = torch.slice(z, 0, a, a + tile)
          y_i = torch.slice(y, 0, a, a + tile)
          rank_i = torch.slice(rank, 0, a, a + tile)
          factors_i = torch.slice(factors, 0, a, a + tile)
          for k in range(n - i):
            b = (i + k) * tile
            z_j = torch.slice(z, 0, b, b + tile)
            y_j = torch.slice(y, 0, b, b + tile)
            rank_j = torch.slice(rank, 0, b, b + tile)
            s = torch.mm(torch.slice(scaled, 0, a, a + tile), torch.t(z_j))
            same = self.same(y_i, y_j)
            kept = self.kept(same, rank_i, rank_j, keep)
            if k == 0:
              torch.fill_diagonal_(kept, 0)
            h = self.slope(s, same, kept, factors_i, inside, among)
            if k == 0:
              h = torch.add(h, torch.t(h))
            else:
              back = self.kept(torch.t(same), rank_j, rank_i, keep)
              factors_j = torch.slice(factors, 0, b, b + tile)
              down = self.slope(torch.t(s), torch.t(same), back, factors_j, inside, among)
              torch.add_(h, torch.t(down))
              torch.addmm_(torch.slice(g, 0, b, b + tile), torch.t(h), z_i)
            torch.addmm_(torch.slice(g, 0, a, a + tile), h, z_j)
        return g
      """;

  /** G of a tile. Columns of the factors: see {@link #OF}. */
  private static final String SLOPE =
      """
      def slope(self, s: Tensor, same: Tensor, kept: Tensor, factors: Tensor, inside: int, among: int) -> Tensor:
        other = torch.logical_not(kept)
        dropped = same
        if among == 0:
          dropped = torch.logical_and(same, other)
        push = torch.slice(factors, 1, 0, 1)
        positive = torch.slice(factors, 1, 1, 2)
        g = torch.exp_(torch.masked_fill_(torch.add(s, push), dropped, -1e30))
        if among == 1:
          x = torch.sub(s, torch.slice(factors, 1, 2, 3))
          pull = torch.log_sigmoid(torch.neg(x))
          if inside == 1:
            pull = torch.add(pull, torch.log_sigmoid(x))
          torch.sub_(g, torch.exp_(torch.masked_fill_(torch.add(pull, positive), other, -1e30)))
        else:
          if inside == 1:
            torch.sub_(g, torch.exp_(torch.masked_fill_(torch.add(s, positive), other, -1e30)))
          else:
            torch.sub_(g, torch.mul(torch.type_as(kept, s), torch.exp(positive)))
        return g
      """;

  /**
   * Factors of a row [M, 3]: logarithm of what a negative's exp s is multiplied with, logarithm of
   * what its positives' part is, log-sum-exp of its negatives.
   */
  private static final String OF =
      """
      def of(self, z: Tensor, y: Tensor, rank: Tensor, count: Tensor, alpha: Tensor, tau: float, keep: int, inside: int, among: int, tile: int) -> Tuple[Tensor, Tensor]:
        m = torch.size(z, 0)
        start = torch.full_like(torch.unsqueeze(alpha, 1), -1e30)
        zero = torch.zeros_like(start)
        sums = torch.cat([start, start, zero], 1)
        pairs = torch.cat([zero, start], 1)
        if inside == 1:
          pairs = torch.cat([start, start], 1)
        self.sum_pass(z, y, rank, sums, pairs, tau, keep, inside, tile, False)
        negatives = torch.select(sums, 1, 0)
        positives = torch.select(sums, 1, 1)
        own = torch.select(sums, 1, 2)
        log_alpha = torch.clamp_min(torch.log(alpha), -1e30)
        number = torch.to(torch.clamp_min(count, 1), 7)
        log_number = torch.log(number)
        denominator = negatives
        if among == 0:
          denominator = torch.logaddexp(negatives, positives)
        push = torch.sub(log_alpha, denominator)
        positive = torch.sub(log_alpha, log_number)
        losses = torch.sub(denominator, torch.div(own, number))
        if inside == 1:
          positive = torch.sub(log_alpha, positives)
          losses = torch.add(torch.sub(denominator, positives), log_number)
        if among == 1:
          self.sum_pass(z, y, rank, sums, pairs, tau, keep, inside, tile, True)
          first = torch.select(pairs, 1, 0)
          second = torch.add(log_alpha, torch.select(pairs, 1, 1))
          if inside == 1:
            push = torch.sub(second, first)
            positive = torch.sub(log_alpha, first)
            losses = torch.sub(log_number, first)
          else:
            push = torch.sub(second, log_number)
            positive = torch.sub(log_alpha, log_number)
            losses = torch.div(first, number)
        anchor = torch.gt(alpha, 0)
        loss = torch.sum(torch.masked_fill(torch.mul(alpha, losses), torch.logical_not(anchor), 0.))
        factors = torch.stack([push, positive, negatives], 1)
        keeps = torch.unsqueeze(anchor, 1)
        factors = torch.where(keeps, factors, torch.full_like(factors, -1e30))
        g = self.gradient_pass(z, y, rank, torch.type_as(factors, z), tau, keep, inside, among, tile)
        return (loss, torch.div_(g, tau))
      """;

  static final String[] FUNCTIONS = {MASKS + SUMS + PASSES + SLOPE + OF};
}
