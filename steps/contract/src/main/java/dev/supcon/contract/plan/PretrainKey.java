package dev.supcon.contract.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.step.ContractJson;
import java.util.List;

/** What of pretraining stands in a key. */
final class PretrainKey {
  private PretrainKey() {}

  /**
   * How often one saves, what one puts up with, and whether one device is said or meant, does not
   * change what comes out.
   */
  static ObjectNode of(PretrainSpec pretrain) {
    ObjectNode tree = ContractJson.MAPPER.valueToTree(pretrain);
    tree.remove(List.of("checkpointSeconds", "checkpoints", "nonFiniteBatches"));
    if (pretrain.deviceCount() == 1) {
      tree.remove("devices");
    }
    if (pretrain.batches().shuffled()) { // as before there was a choice
      tree.remove("batches");
    }
    return tree;
  }
}
