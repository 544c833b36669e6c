package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.loss.Targets;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import dev.supcon.runner.torchscript.Tensors;
import java.util.Arrays;

/** Mixes the images of a batch and their labels: Mixup and CutMix. */
final class Mixer implements AutoCloseable {
  private static final String SCRIPT =
      """
      def blend(self, x: Tensor, at: Tensor, share: float) -> Tensor:
        y = torch.to(x, 6)
        other = torch.mul(torch.index_select(y, 0, at), torch.sub(1., share))
        return torch.add(torch.mul(y, share), other)

      def patch(self, x: Tensor, at: Tensor, top: int, bottom: int, left: int, right: int) -> Tensor:
        y = torch.clone(x)
        into = torch.slice(torch.slice(y, 1, top, bottom), 2, left, right)
        of = torch.slice(torch.slice(x, 1, top, bottom), 2, left, right)
        _0 = torch.copy_(into, torch.index_select(of, 0, at))
        return y
      """;

  private final ScriptModule script;

  Mixer(NDManager manager) {
    script = ScriptModule.load(manager, ScriptArchive.of(SCRIPT));
  }

  /**
   * The images as they are learnt from, which belong to the pixels' manager.
   *
   * @param pixels uint8 [B, S, S, 3], one view of each image; left as they are
   * @return uint8 of patches, fp32 of blends, which no rounding makes others
   */
  NDArray images(NDArray pixels, Mixture mixture) {
    NDManager owner = pixels.getManager();
    try (NDArray partners = Tensors.longs(owner, mixture.partners())) {
      return switch (mixture) {
        case Mixture.Blend blend ->
            script
                .infer(
                    owner,
                    "blend",
                    Argument.of(pixels),
                    Argument.of(partners),
                    Argument.of(blend.share()))
                .singletonOrThrow();
        case Mixture.Patch patch ->
            script
                .infer(
                    owner,
                    "patch",
                    Argument.of(pixels),
                    Argument.of(partners),
                    Argument.of((long) patch.top()),
                    Argument.of((long) patch.bottom()),
                    Argument.of((long) patch.left()),
                    Argument.of((long) patch.right()))
                .singletonOrThrow();
      };
    }
  }

  /** What they are. */
  static Targets targets(int[] labels, Mixture mixture) {
    int[] others = Arrays.stream(mixture.partners()).map(partner -> labels[partner]).toArray();
    return new Targets(labels, others, mixture.share());
  }

  @Override
  public void close() {
    script.close();
  }
}
