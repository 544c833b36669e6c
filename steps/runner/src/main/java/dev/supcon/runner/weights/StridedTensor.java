package dev.supcon.runner.weights;

import java.util.List;

/**
 * A tensor as PyTorch saves it: a look at a storage. All it looks at lies within the storage.
 *
 * @param offset of the first element, in elements
 * @param strides from an index to the next one, in elements
 */
record StridedTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {}
