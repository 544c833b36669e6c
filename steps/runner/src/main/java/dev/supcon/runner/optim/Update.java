package dev.supcon.runner.optim;

import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.contract.spec.PretrainSpec;
import java.util.Optional;

/**
 * What a step does with the gradients.
 *
 * @param clipNorm longest norm of all of them together, where there is one
 */
public record Update(OptimizerSpec optimizer, Optional<Double> clipNorm) {

  /** What a spec asks for. */
  public static Update of(PretrainSpec spec) {
    return new Update(spec.optimizer(), Optional.ofNullable(spec.clipNorm()));
  }
}
