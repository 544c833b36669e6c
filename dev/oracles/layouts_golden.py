"""Lists of labels as SciPy writes MATLAB's files: Stanford Cars and ImageNet with two classes."""

import pathlib

import numpy as np
import scipy.io

OUT = pathlib.Path(__file__).parents[2] / "steps/runner/src/test/resources/layouts"
CLASSES = ["AM General Hummer SUV 2000", "Acura RL Sedan 2012"]
FIELDS = ["bbox_x1", "bbox_y1", "bbox_x2", "bbox_y2", "class", "fname"]


def annotations(classes):
    rows = np.empty((1, len(classes)), dtype=[(name, "O") for name in FIELDS])
    for i, label in enumerate(classes):
        box = [np.array([[value]], np.uint16) for value in (39, 116, 569, 375)]
        rows[0, i] = (*box, np.array([[label]], np.uint8), f"{i + 1:05d}.jpg")
    return {"annotations": rows}


def save(name, variables, compressed=True):
    scipy.io.savemat(OUT / name, variables, do_compression=compressed)


names = np.empty((1, len(CLASSES)), dtype=object)
names[0] = CLASSES
save("cars_meta_small.mat", {"class_names": names})
save("cars_train_annos_small.mat", annotations([2, 1, 1, 2]))
save("cars_test_annos_small.mat", annotations([1, 2, 2]), compressed=False)
save("cars_class_3.mat", annotations([1, 3]))

synsets = np.empty((3, 1), dtype=[(name, "O") for name in ("ILSVRC2012_ID", "WNID", "children")])
for i, wnid in enumerate(["n01443537", "n01440764", "n00001740"]):
    synsets[i, 0] = (np.array([[i + 1.0]]), wnid, np.zeros((1, 2 * i)))
save("imagenet_meta.mat", {"synsets": synsets})
