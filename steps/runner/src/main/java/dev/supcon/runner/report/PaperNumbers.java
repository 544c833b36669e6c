package dev.supcon.runner.report;

import java.util.List;

/** Rows of the paper that stand beside ours, in percent unless said otherwise. */
final class PaperNumbers {
  private PaperNumbers() {}

  /** Table 2 of the paper: top-1 of a ResNet-50, by loss. */
  static final List<List<String>> TOP1 =
      List.of(
          List.of("CIFAR-10", "93.6", "95.0", "92.4", "96.0"),
          List.of("CIFAR-100", "70.7", "75.3", "70.5", "76.5"),
          List.of("ImageNet", "70.2", "78.2", "78.0", "78.7"));

  static final List<String> TOP1_HEAD =
      List.of("Paper, ResNet-50", "SimCLR", "Cross-entropy", "Max-margin", "SupCon");

  /** Table 6 of the paper: mean top-1 over the corruptions of ImageNet-C, by severity. */
  static final List<List<String>> CORRUPTED_TOP1 =
      List.of(
          List.of("Paper, ImageNet-C, CE ResNet-50", "65.1", "55.0", "47.6", "35.9", "25.4"),
          List.of("Paper, ImageNet-C, SupCon ResNet-50", "65.4", "55.6", "48.6", "37.3", "26.9"));
}
