package dev.supcon.runner.view;

import dev.supcon.contract.spec.ViewPolicy;
import dev.supcon.contract.spec.ViewSemantics;
import dev.supcon.contract.spec.ViewSpec;

/** Views of a policy, all else as by default. */
final class ViewsOf {
  private ViewsOf() {}

  static ViewSpec policy(ViewPolicy policy, ViewSemantics semantics) {
    return new ViewSpec(
        0.08, 1.0, 0.5, 0.5, 0.8, 0.2, 0.0, policy, semantics, null, 2, null, 0.0, 0.0);
  }
}
