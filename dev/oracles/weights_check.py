"""Whether a run begins with the weights of a full-size ResNet-18 that PyTorch saves here: `weights_check.py [SUPCON...]`. Downloads nothing.

For each form of file it runs one epoch at a learning rate of 0 by the command SUPCON (./supcon), and compares the encoder that comes out with what
went in: parameters bit by bit. A float16 file is compared with its own values.
"""

import pathlib
import subprocess
import sys
import tempfile

import safetensors.torch
import timm
import torch
import torchvision

ROOT = pathlib.Path(__file__).parents[2]
EXPERIMENT = """apiVersion: supcon.dev/v1alpha1
kind: SupConExperiment
metadata: {{name: weights-check}}
spec:
  data: {{name: shapes, imageSize: 64, holdout: 0.5}}
  encoder: {{architecture: resnet18, stem: imagenet, precision: fp32, initialWeights: {{path: {path}}}}}
  pretrain:
    loss: {{type: crossEntropy}} # one view of each image, and no linear stage: the quickest
    batchSize: 128
    epochs: 1
    warmupEpochs: 0
    optimizer: {{learningRate: 0}}
    knn: {{everyEpochs: 0}}
"""


def files(folder):
    """Each form, with the tensors that it holds under torchvision's names."""
    network = torchvision.models.resnet18().state_dict()
    half = {name: tensor.half() if tensor.is_floating_point() else tensor for name, tensor in network.items()}
    torch.save(network, folder / "zip.pth")
    yield folder / "zip.pth", network
    torch.save(network, folder / "legacy.pth", _use_new_zipfile_serialization=False)
    yield folder / "legacy.pth", network
    torch.save({"epoch": 1, "state_dict": {"module." + name: tensor for name, tensor in half.items()}}, folder / "half.pth")
    yield folder / "half.pth", half
    theirs = timm.create_model("resnet18").state_dict()
    safetensors.torch.save_file(theirs, folder / "timm.safetensors")
    yield folder / "timm.safetensors", theirs


def encoder(command, folder, path):
    experiment = folder / "experiment.yaml"
    experiment.write_text(EXPERIMENT.format(path=path))
    runs = folder / ("runs-" + path.name)
    subprocess.run([*command, "run", experiment, "--runs", runs], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    found, = (runs / ".store").glob("steps/*/attempts/*/encoder.safetensors")
    return safetensors.torch.load_file(found)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        for path, given in files(pathlib.Path(temporary)):
            found = encoder(sys.argv[1:] or ["./supcon"], pathlib.Path(temporary), path)
            names = [name for name in found if name.endswith((".weight", ".bias"))]
            assert len(names) == 60, len(names)
            for name in names:
                assert torch.equal(found[name], given[name].float()), name
            print(f"{path.name}: {len(names)} parameters are those of the file")
