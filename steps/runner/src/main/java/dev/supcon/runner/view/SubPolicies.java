package dev.supcon.runner.view;

import static dev.supcon.runner.view.Operation.AUTO_CONTRAST;
import static dev.supcon.runner.view.Operation.BRIGHTNESS;
import static dev.supcon.runner.view.Operation.COLOR;
import static dev.supcon.runner.view.Operation.CONTRAST;
import static dev.supcon.runner.view.Operation.EQUALIZE;
import static dev.supcon.runner.view.Operation.INVERT;
import static dev.supcon.runner.view.Operation.POSTERIZE;
import static dev.supcon.runner.view.Operation.ROTATE;
import static dev.supcon.runner.view.Operation.SHARPNESS;
import static dev.supcon.runner.view.Operation.SHEAR_X;
import static dev.supcon.runner.view.Operation.SHEAR_Y;
import static dev.supcon.runner.view.Operation.SOLARIZE;
import static dev.supcon.runner.view.Operation.SOLARIZE_ADD;
import static dev.supcon.runner.view.Operation.TRANSLATE_X;
import static dev.supcon.runner.view.Operation.TRANSLATE_Y;

import dev.supcon.contract.spec.ViewTable;
import dev.supcon.runner.view.SubPolicy.Step;
import java.util.List;

/**
 * The tables of AutoAugment (Cubuk et al. 2018): {@code v0} of {@code augment.py} in TensorFlow's
 * models, the other two of torchvision's {@code autoaugment.py}.
 */
final class SubPolicies {
  private static final List<SubPolicy> V0 =
      List.of(
          new SubPolicy(new Step(EQUALIZE, 0.8, 1), new Step(SHEAR_Y, 0.8, 4)),
          new SubPolicy(new Step(COLOR, 0.4, 9), new Step(EQUALIZE, 0.6, 3)),
          new SubPolicy(new Step(COLOR, 0.4, 1), new Step(ROTATE, 0.6, 8)),
          new SubPolicy(new Step(SOLARIZE, 0.8, 3), new Step(EQUALIZE, 0.4, 7)),
          new SubPolicy(new Step(SOLARIZE, 0.4, 2), new Step(SOLARIZE, 0.6, 2)),
          new SubPolicy(new Step(COLOR, 0.2, 0), new Step(EQUALIZE, 0.8, 8)),
          new SubPolicy(new Step(EQUALIZE, 0.4, 8), new Step(SOLARIZE_ADD, 0.8, 3)),
          new SubPolicy(new Step(SHEAR_X, 0.2, 9), new Step(ROTATE, 0.6, 8)),
          new SubPolicy(new Step(COLOR, 0.6, 1), new Step(EQUALIZE, 1.0, 2)),
          new SubPolicy(new Step(INVERT, 0.4, 9), new Step(ROTATE, 0.6, 0)),
          new SubPolicy(new Step(EQUALIZE, 1.0, 9), new Step(SHEAR_Y, 0.6, 3)),
          new SubPolicy(new Step(COLOR, 0.4, 7), new Step(EQUALIZE, 0.6, 0)),
          new SubPolicy(new Step(POSTERIZE, 0.4, 6), new Step(AUTO_CONTRAST, 0.4, 7)),
          new SubPolicy(new Step(SOLARIZE, 0.6, 8), new Step(COLOR, 0.6, 9)),
          new SubPolicy(new Step(SOLARIZE, 0.2, 4), new Step(ROTATE, 0.8, 9)),
          new SubPolicy(new Step(ROTATE, 1.0, 7), new Step(TRANSLATE_Y, 0.8, 9)),
          new SubPolicy(new Step(SHEAR_X, 0.0, 0), new Step(SOLARIZE, 0.8, 4)),
          new SubPolicy(new Step(SHEAR_Y, 0.8, 0), new Step(COLOR, 0.6, 4)),
          new SubPolicy(new Step(COLOR, 1.0, 0), new Step(ROTATE, 0.6, 2)),
          new SubPolicy(new Step(EQUALIZE, 0.8, 4), new Step(EQUALIZE, 0.0, 8)),
          new SubPolicy(new Step(EQUALIZE, 1.0, 4), new Step(AUTO_CONTRAST, 0.6, 2)),
          new SubPolicy(new Step(SHEAR_Y, 0.4, 7), new Step(SOLARIZE_ADD, 0.6, 7)),
          new SubPolicy(new Step(POSTERIZE, 0.8, 2), new Step(SOLARIZE, 0.6, 10)),
          new SubPolicy(new Step(SOLARIZE, 0.6, 8), new Step(EQUALIZE, 0.6, 1)),
          new SubPolicy(new Step(COLOR, 0.8, 6), new Step(ROTATE, 0.4, 5)));

  private static final List<SubPolicy> IMAGENET =
      List.of(
          new SubPolicy(new Step(POSTERIZE, 0.4, 8), new Step(ROTATE, 0.6, 9)),
          new SubPolicy(new Step(SOLARIZE, 0.6, 5), new Step(AUTO_CONTRAST, 0.6, 0)),
          new SubPolicy(new Step(EQUALIZE, 0.8, 0), new Step(EQUALIZE, 0.6, 0)),
          new SubPolicy(new Step(POSTERIZE, 0.6, 7), new Step(POSTERIZE, 0.6, 6)),
          new SubPolicy(new Step(EQUALIZE, 0.4, 0), new Step(SOLARIZE, 0.2, 4)),
          new SubPolicy(new Step(EQUALIZE, 0.4, 0), new Step(ROTATE, 0.8, 8)),
          new SubPolicy(new Step(SOLARIZE, 0.6, 3), new Step(EQUALIZE, 0.6, 0)),
          new SubPolicy(new Step(POSTERIZE, 0.8, 5), new Step(EQUALIZE, 1.0, 0)),
          new SubPolicy(new Step(ROTATE, 0.2, 3), new Step(SOLARIZE, 0.6, 8)),
          new SubPolicy(new Step(EQUALIZE, 0.6, 0), new Step(POSTERIZE, 0.4, 6)),
          new SubPolicy(new Step(ROTATE, 0.8, 8), new Step(COLOR, 0.4, 0)),
          new SubPolicy(new Step(ROTATE, 0.4, 9), new Step(EQUALIZE, 0.6, 0)),
          new SubPolicy(new Step(EQUALIZE, 0.0, 0), new Step(EQUALIZE, 0.8, 0)),
          new SubPolicy(new Step(INVERT, 0.6, 0), new Step(EQUALIZE, 1.0, 0)),
          new SubPolicy(new Step(COLOR, 0.6, 4), new Step(CONTRAST, 1.0, 8)),
          new SubPolicy(new Step(ROTATE, 0.8, 8), new Step(COLOR, 1.0, 2)),
          new SubPolicy(new Step(COLOR, 0.8, 8), new Step(SOLARIZE, 0.8, 7)),
          new SubPolicy(new Step(SHARPNESS, 0.4, 7), new Step(INVERT, 0.6, 0)),
          new SubPolicy(new Step(SHEAR_X, 0.6, 5), new Step(EQUALIZE, 1.0, 0)),
          new SubPolicy(new Step(COLOR, 0.4, 0), new Step(EQUALIZE, 0.6, 0)),
          new SubPolicy(new Step(EQUALIZE, 0.4, 0), new Step(SOLARIZE, 0.2, 4)),
          new SubPolicy(new Step(SOLARIZE, 0.6, 5), new Step(AUTO_CONTRAST, 0.6, 0)),
          new SubPolicy(new Step(INVERT, 0.6, 0), new Step(EQUALIZE, 1.0, 0)),
          new SubPolicy(new Step(COLOR, 0.6, 4), new Step(CONTRAST, 1.0, 8)),
          new SubPolicy(new Step(EQUALIZE, 0.8, 0), new Step(EQUALIZE, 0.6, 0)));

  private static final List<SubPolicy> CIFAR10 =
      List.of(
          new SubPolicy(new Step(INVERT, 0.1, 0), new Step(CONTRAST, 0.2, 6)),
          new SubPolicy(new Step(ROTATE, 0.7, 2), new Step(TRANSLATE_X, 0.3, 9)),
          new SubPolicy(new Step(SHARPNESS, 0.8, 1), new Step(SHARPNESS, 0.9, 3)),
          new SubPolicy(new Step(SHEAR_Y, 0.5, 8), new Step(TRANSLATE_Y, 0.7, 9)),
          new SubPolicy(new Step(AUTO_CONTRAST, 0.5, 0), new Step(EQUALIZE, 0.9, 0)),
          new SubPolicy(new Step(SHEAR_Y, 0.2, 7), new Step(POSTERIZE, 0.3, 7)),
          new SubPolicy(new Step(COLOR, 0.4, 3), new Step(BRIGHTNESS, 0.6, 7)),
          new SubPolicy(new Step(SHARPNESS, 0.3, 9), new Step(BRIGHTNESS, 0.7, 9)),
          new SubPolicy(new Step(EQUALIZE, 0.6, 0), new Step(EQUALIZE, 0.5, 0)),
          new SubPolicy(new Step(CONTRAST, 0.6, 7), new Step(SHARPNESS, 0.6, 5)),
          new SubPolicy(new Step(COLOR, 0.7, 7), new Step(TRANSLATE_X, 0.5, 8)),
          new SubPolicy(new Step(EQUALIZE, 0.3, 0), new Step(AUTO_CONTRAST, 0.4, 0)),
          new SubPolicy(new Step(TRANSLATE_Y, 0.4, 3), new Step(SHARPNESS, 0.2, 6)),
          new SubPolicy(new Step(BRIGHTNESS, 0.9, 6), new Step(COLOR, 0.2, 8)),
          new SubPolicy(new Step(SOLARIZE, 0.5, 2), new Step(INVERT, 0.0, 0)),
          new SubPolicy(new Step(EQUALIZE, 0.2, 0), new Step(AUTO_CONTRAST, 0.6, 0)),
          new SubPolicy(new Step(EQUALIZE, 0.2, 0), new Step(EQUALIZE, 0.6, 0)),
          new SubPolicy(new Step(COLOR, 0.9, 9), new Step(EQUALIZE, 0.6, 0)),
          new SubPolicy(new Step(AUTO_CONTRAST, 0.8, 0), new Step(SOLARIZE, 0.2, 8)),
          new SubPolicy(new Step(BRIGHTNESS, 0.1, 3), new Step(COLOR, 0.7, 0)),
          new SubPolicy(new Step(SOLARIZE, 0.4, 5), new Step(AUTO_CONTRAST, 0.9, 0)),
          new SubPolicy(new Step(TRANSLATE_Y, 0.9, 9), new Step(TRANSLATE_Y, 0.7, 9)),
          new SubPolicy(new Step(AUTO_CONTRAST, 0.9, 0), new Step(SOLARIZE, 0.8, 3)),
          new SubPolicy(new Step(EQUALIZE, 0.8, 0), new Step(INVERT, 0.1, 0)),
          new SubPolicy(new Step(TRANSLATE_Y, 0.7, 9), new Step(AUTO_CONTRAST, 0.9, 0)));

  private SubPolicies() {}

  /** 25 pairs, each as likely as the others. */
  static List<SubPolicy> of(ViewTable table) {
    return switch (table) {
      case V0 -> V0;
      case IMAGENET -> IMAGENET;
      case CIFAR10 -> CIFAR10;
      case UNKNOWN -> throw new IllegalArgumentException("no table that is known");
    };
  }
}
