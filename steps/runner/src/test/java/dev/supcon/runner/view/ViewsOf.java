package dev.supcon.runner.view;

import dev.supcon.contract.spec.ViewPolicy;
import dev.supcon.contract.spec.ViewSemantics;
import dev.supcon.contract.spec.ViewSpec;
import dev.supcon.contract.spec.ViewTable;
import org.jspecify.annotations.Nullable;

/** Specs of a policy, all else as by default. */
final class ViewsOf {
  private ViewsOf() {}

  static ViewSpec policy(ViewPolicy policy, ViewSemantics semantics) {
    return spec(policy, semantics, null, 2, null, 0.0, 0.0);
  }

  static ViewSpec autoAugment(ViewTable table) {
    return spec(ViewPolicy.AUTO_AUGMENT, table.semantics(), table, 2, null, 0.0, 0.0);
  }

  /** The authors'. */
  static ViewSpec randAugment(int operations, int magnitude, double std) {
    return spec(
        ViewPolicy.RAND_AUGMENT, ViewSemantics.AUTHORS_TF, null, operations, magnitude, std, 0.0);
  }

  /** SimAugment that always warps, by the authors. */
  static ViewSpec warping() {
    return spec(ViewPolicy.SIM_AUGMENT, ViewSemantics.AUTHORS_TF, null, 2, null, 0.0, 1.0);
  }

  private static ViewSpec spec(
      ViewPolicy policy,
      ViewSemantics semantics,
      @Nullable ViewTable table,
      int operations,
      @Nullable Integer magnitude,
      double std,
      double warp) {
    return new ViewSpec(
        0.2,
        1.0,
        0.5,
        0.5,
        0.8,
        0.2,
        0.0,
        policy,
        semantics,
        table,
        operations,
        magnitude,
        std,
        warp);
  }
}
