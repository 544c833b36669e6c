package dev.supcon.runner.loss;

/**
 * The script of {@link GeneralSupConLoss}, over rows in the order of {@link SortedTiles}. Modes:
 * {@code inside} 0 or 1; {@code among} 0 all, 1 onePositive, 2 onlyNegatives. -1e30 stands for
 * minus infinity.
 *
 * <p>Two tiles are {@code apart}, all of whose pairs are negatives, or they share classes. Those of
 * one class without a cap are {@code whole}: all of their pairs are positives, and no mask is made.
 *
 * <p>Rows of the accumulators {@code sums} [3, M]: log-sum-exp of the negatives and of the
 * positives, and the sum of the positives' similarities. Rows of {@code pairs} [2, M], with q =
 * sigmoid(s_ip - log sum_N): outside, sum -log q and log sum q / exp s; inside, log sum q and log
 * sum q^2 / exp s.
 */
final class GeneralSupConText {
  private GeneralSupConText() {}

  /** Who is not whose positive; the rank of a row's image in its class decides what a cap keeps. */
  private static final String MASKS =
      """
      def same(self, y_rows: Tensor, y_columns: Tensor, whole: bool) -> Tensor:
        if whole:
          return y_rows
        return torch.eq(torch.unsqueeze(y_rows, 1), y_columns)

      def other(self, same: Tensor, rank_rows: Tensor, rank_columns: Tensor, keep: int, diagonal: bool, whole: bool) -> Tensor:
        if whole:
          return same
        other = torch.logical_not(same)
        if keep >= 0:
          r = torch.unsqueeze(rank_rows, 1)
          late = torch.logical_or(torch.gt(rank_columns, keep), torch.logical_and(torch.eq(rank_columns, keep), torch.ge(r, keep)))
          torch.logical_or_(other, torch.logical_and(late, torch.ne(r, rank_columns)))
        if diagonal:
          torch.fill_diagonal_(other, 1)
        return other

      def fill(self, x: Tensor, dropped: Tensor, value: float, whole: bool) -> Tensor:
        if whole:
          return x
        return torch.masked_fill(x, dropped, value)
      """;

  private static final String SUMS =
      """
      def join(self, into: Tensor, s: Tensor) -> Tensor:
        return torch.copy_(into, torch.logaddexp(into, torch.to(torch.logsumexp(s, [1]), 7)))

      def add_sums(self, s: Tensor, same: Tensor, other: Tensor, sums: Tensor, whole: bool) -> Tensor:
        if not whole:
          self.join(torch.select(sums, 0, 0), torch.masked_fill(s, same, -1e30))
        self.join(torch.select(sums, 0, 1), self.fill(s, other, -1e30, whole))
        return torch.add_(torch.select(sums, 0, 2), torch.sum(self.fill(s, other, 0., whole), [1], dtype=7))

      def add_pairs(self, s: Tensor, other: Tensor, sums: Tensor, pairs: Tensor, inside: int, whole: bool) -> Tensor:
        negatives = torch.unsqueeze(torch.type_as(torch.select(sums, 0, 0), s), 1)
        first = torch.select(pairs, 0, 0)
        second = torch.select(pairs, 0, 1)
        log_q = torch.log_sigmoid(torch.sub(s, negatives))
        if inside == 1:
          kept = self.fill(log_q, other, -1e30, whole)
          self.join(first, kept)
          return self.join(second, torch.sub(torch.mul(kept, 2.), s))
        torch.sub_(first, torch.sum(self.fill(log_q, other, 0., whole), [1], dtype=7))
        return self.join(second, self.fill(torch.sub(log_q, s), other, -1e30, whole))
      """;

  /** The second pass needs no tiles that are apart. */
  private static final String PASSES =
      """
      def sum_pass(self, z: Tensor, y: Tensor, rank: Tensor, bounds: Tensor, reach: Tensor, sums: Tensor, pairs: Tensor, tau: float, keep: int, inside: int, second: bool) -> Tensor:
        scaled = torch.div(z, tau)
        n = torch.size(reach, 0)
        for i in range(n):
          a = int(torch.select(bounds, 0, i))
          e = int(torch.select(bounds, 0, i + 1))
          last = int(torch.select(reach, 0, i))
          y_i = torch.slice(y, 0, a, e)
          rank_i = torch.slice(rank, 0, a, e)
          sums_i = torch.slice(sums, 1, a, e)
          pairs_i = torch.slice(pairs, 1, a, e)
          end = n
          if second:
            end = last + 1
          for j in range(i, end):
            b = int(torch.select(bounds, 0, j))
            f = int(torch.select(bounds, 0, j + 1))
            sums_j = torch.slice(sums, 1, b, f)
            s = torch.mm(torch.slice(scaled, 0, a, e), torch.t(torch.slice(z, 0, b, f)))
            if j > last:
              self.join(torch.select(sums_i, 0, 0), s)
              self.join(torch.select(sums_j, 0, 0), torch.t(s))
            else:
              y_j = torch.slice(y, 0, b, f)
              rank_j = torch.slice(rank, 0, b, f)
              pairs_j = torch.slice(pairs, 1, b, f)
              diagonal = i == j
              whole = False
              if keep < 0:
                whole = i != j
              same = self.same(y_i, y_j, whole)
              other = self.other(same, rank_i, rank_j, keep, diagonal, whole)
              if second:
                self.add_pairs(s, other, sums_i, pairs_i, inside, whole)
              else:
                self.add_sums(s, same, other, sums_i, whole)
              if not diagonal:
                back = self.other(torch.t(same), rank_j, rank_i, keep, False, whole)
                if second:
                  self.add_pairs(torch.t(s), back, sums_j, pairs_j, inside, whole)
                else:
                  self.add_sums(torch.t(s), torch.t(same), back, sums_j, whole)
        return sums

      def gradient_pass(self, z: Tensor, y: Tensor, rank: Tensor, bounds: Tensor, reach: Tensor, factors: Tensor, tau: float, keep: int, inside: int, among: int) -> Tensor:
        scaled = torch.div(z, tau)
        g = torch.zeros_like(z)
        n = torch.size(reach, 0)
        for i in range(n):
          a = int(torch.select(bounds, 0, i))
          e = int(torch.select(bounds, 0, i + 1))
          last = int(torch.select(reach, 0, i))
          z_i = torch.slice(z, 0, a, e)
          y_i = torch.slice(y, 0, a, e)
          rank_i = torch.slice(rank, 0, a, e)
          factors_i = torch.slice(factors, 0, a, e)
          g_i = torch.slice(g, 0, a, e)
          for j in range(i, n):
            b = int(torch.select(bounds, 0, j))
            f = int(torch.select(bounds, 0, j + 1))
            z_j = torch.slice(z, 0, b, f)
            factors_j = torch.slice(factors, 0, b, f)
            s = torch.mm(torch.slice(scaled, 0, a, e), torch.t(z_j))
            if j > last:
              h = torch.exp_(torch.add(s, torch.slice(factors_i, 1, 0, 1)))
              torch.add_(h, torch.exp_(torch.add_(s, torch.select(factors_j, 1, 0))))
            else:
              y_j = torch.slice(y, 0, b, f)
              rank_j = torch.slice(rank, 0, b, f)
              diagonal = i == j
              whole = False
              if keep < 0:
                whole = i != j
              same = self.same(y_i, y_j, whole)
              other = self.other(same, rank_i, rank_j, keep, diagonal, whole)
              h = self.slope(s, same, other, factors_i, inside, among, whole)
              if diagonal:
                h = torch.add(h, torch.t(h))
              else:
                back = self.other(torch.t(same), rank_j, rank_i, keep, False, whole)
                torch.add_(h, torch.t(self.slope(torch.t(s), torch.t(same), back, factors_j, inside, among, whole)))
            if j > i:
              torch.addmm_(torch.slice(g, 0, b, f), torch.t(h), z_i)
            torch.addmm_(g_i, h, z_j)
        return g
      """;

  /** G of a tile. Columns of the factors: see {@link #OF}. */
  private static final String SLOPE =
      """
      def slope(self, s: Tensor, same: Tensor, other: Tensor, factors: Tensor, inside: int, among: int, whole: bool) -> Tensor:
        push = torch.slice(factors, 1, 0, 1)
        positive = torch.slice(factors, 1, 1, 2)
        pull = torch.zeros_like(s)
        if among == 1:
          x = torch.sub(s, torch.slice(factors, 1, 2, 3))
          torch.add_(pull, torch.log_sigmoid(torch.neg(x)))
          if inside == 1:
            torch.add_(pull, torch.log_sigmoid(x))
        else:
          if inside == 1:
            torch.add_(pull, s)
        g = torch.neg_(torch.exp_(torch.add_(pull, positive)))
        if among == 0:
          torch.add_(g, torch.exp(torch.add(s, push)))
        if whole:
          return g
        torch.masked_fill_(g, other, 0.)
        return torch.add_(g, torch.masked_fill_(torch.exp_(torch.add(s, push)), same, 0.))
      """;

  /**
   * Factors of a row [M, 3]: logarithm of what a negative's exp s is multiplied with, logarithm of
   * what its positives' part is, log-sum-exp of its negatives.
   */
  private static final String OF =
      """
      def of(self, unsorted: Tensor, order: Tensor, y: Tensor, rank: Tensor, count: Tensor, alpha: Tensor, bounds: Tensor, reach: Tensor, tau: float, keep: int, inside: int, among: int) -> Tuple[Tensor, Tensor]:
        z = torch.index_select(unsorted, 0, order)
        start = torch.full_like(alpha, -1e30)
        zero = torch.zeros_like(start)
        sums = torch.stack([start, start, zero])
        pairs = torch.stack([zero, start])
        if inside == 1:
          pairs = torch.stack([start, start])
        self.sum_pass(z, y, rank, bounds, reach, sums, pairs, tau, keep, inside, False)
        negatives = torch.select(sums, 0, 0)
        positives = torch.select(sums, 0, 1)
        own = torch.select(sums, 0, 2)
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
          self.sum_pass(z, y, rank, bounds, reach, sums, pairs, tau, keep, inside, True)
          first = torch.select(pairs, 0, 0)
          second = torch.add(log_alpha, torch.select(pairs, 0, 1))
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
        factors = torch.where(torch.unsqueeze(anchor, 1), factors, torch.full_like(factors, -1e30))
        g = self.gradient_pass(z, y, rank, bounds, reach, torch.type_as(factors, z), tau, keep, inside, among)
        return (loss, torch.index_copy(g, 0, order, torch.div(g, tau)))
      """;

  static final String[] FUNCTIONS = {MASKS + SUMS + PASSES + SLOPE + OF};
}
