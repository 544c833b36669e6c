package dev.supcon.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class LossPeakTest {

  /** Their square alone has 604 MB in fp32, and autograd keeps several. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void twelveThousandRowsNeedNoSquareOfThem() {
    assertThat(LossPeak.inFreshProcess(12288)).isLessThan(300);
  }
}
