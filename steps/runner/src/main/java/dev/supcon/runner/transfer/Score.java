package dev.supcon.runner.transfer;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.measure.Predictions;

/** What the papers report for a data set. */
enum Score {
  TOP1("top-1") {
    @Override
    double of(Predictions predictions) {
      return Accuracy.top(1, predictions);
    }
  },
  MEAN_PER_CLASS("mean per class") {
    @Override
    double of(Predictions predictions) {
      return Accuracy.meanPerClass(predictions);
    }
  };

  private final String words;

  Score(String words) {
    this.words = words;
  }

  static Score of(DataFormat format) {
    return format.meanPerClass() ? MEAN_PER_CLASS : TOP1;
  }

  /** Its name on the page. */
  String words() {
    return words;
  }

  abstract double of(Predictions predictions);
}
