"""Golden files of weights, as PyTorch and safetensors write them. Writes golden/weights/* and weights.json; downloads nothing.

The networks are torchvision's at a 32nd of the width (ResNet-50: at a 64th). Their tensors are made by torchvision's names, with u = golden.mixed:

    convolution          2 * sqrt(6 / fan_in) * u
    other weights, running variances    1 + 0.5 u
    biases, running means               0.2 u

| file | form | of |
|---|---|---|
| torchvision.pth | zip | ResNet-18, state dict with fc |
| legacy.pth | before 1.6 | ResNet-50, state dict with fc, as parameters |
| python2.pth | as PyTorch 0.1.12 under Python 2 wrote it, by this script | ResNet-18: `Parameter` objects, `_rebuild_tensor`, byte strings, OrderedDicts of pairs |
| authors.pth | zip | ResNet-18, CIFAR stem, as HobbitLong/SupContrast saves: DataParallel, shortcut, head, optimizer, argparse.Namespace |
| moco.pth | zip | ResNet-18, as facebookresearch/moco saves: encoder_q, encoder_k, queue |
| strided.pth | zip | ResNet-18: channels_last, transposed, parts of a larger storage, an expanded scalar; fp16, bf16, fp64 among them |
| timm.safetensors | safetensors | ResNet-18 by timm's names |

`features` are float64's, [4, F], in evaluation, of the input 2 * u("input", i) with a side of 64 (CIFAR stem: 16).
"""

import argparse
import collections
import io
import pickle
import struct

import safetensors.torch
import timm
import torch
import torchvision
from torch import nn

import golden
from encoders_golden import DEPTHS, Encoder, made

FOLDER = golden.FOLDER / "weights"


def network(depth, width, cifar=False, classes=10):
    made_of = Encoder(*DEPTHS[depth], width, cifar)
    if classes:
        made_of.fc = nn.Linear(8 * width * (4 if depth == "resnet50" else 1), classes)
    for name, tensor in made_of.state_dict().items():
        if tensor.dim() == 4:
            tensor.copy_(made(name, tensor.shape, 2 * (6 / tensor[0].numel()) ** 0.5))
        elif name.endswith(("weight", "running_var")):
            tensor.copy_(made(name, tensor.shape, 0.5, 1.0))
        elif name.endswith(("bias", "running_mean")):
            tensor.copy_(made(name, tensor.shape, 0.2))
        else:
            tensor.fill_(12)
    return made_of


def features(net, side):
    net = net.double().eval()
    net.fc = nn.Identity()
    with torch.no_grad():
        return golden.floats(net(made("input", (4, 3, side, side), 2.0).double()), 9)


def save(name, content, **how):
    """Saves, and makes sure that PyTorch's own restricted reader takes it."""
    torch.save(content, FOLDER / name, **how)
    with torch.serialization.safe_globals([argparse.Namespace]):
        torch.load(FOLDER / name, weights_only=True)


def authors(net):
    """main_supcon.py's save_model, of a SupConResNet whose encoder is under DataParallel."""
    model = collections.OrderedDict()
    for name, tensor in net.state_dict().items():
        if not name.startswith("fc."):
            model["encoder.module." + name.replace(".downsample.", ".shortcut.")] = tensor
    size = net.bn1.num_features * 8
    model.update((f"head.{layer}.{part}", tensor) for layer, linear in ((0, nn.Linear(size, size)), (2, nn.Linear(size, 128)))
                 for part, tensor in linear.state_dict().items())
    weight = nn.Parameter(torch.ones(3))
    optimizer = torch.optim.SGD([weight], lr=0.5, momentum=0.9, weight_decay=1e-4)
    weight.sum().backward()
    optimizer.step()
    options = argparse.Namespace(batch_size=1024, learning_rate=0.5, lr_decay_epochs=[700, 800, 900], cosine=True, mean=None, model="resnet18",
                                 dataset="cifar10", temp=0.1, save_folder="./save/SupCon")
    return {"opt": options, "model": model, "optimizer": optimizer.state_dict(), "epoch": 1000}


def moco(net):
    state = collections.OrderedDict()
    for encoder in ("encoder_q", "encoder_k"):
        for name, tensor in net.state_dict().items():
            if not name.startswith("fc."):
                state[f"module.{encoder}.{name}"] = tensor if encoder == "encoder_q" else tensor * 2
        for layer in (0, 2):
            state[f"module.{encoder}.fc.{layer}.weight"] = torch.ones(4, 16)
    state["module.queue"], state["module.queue_ptr"] = torch.ones(4, 8), torch.zeros(1, dtype=torch.long)
    return {"epoch": 200, "arch": "resnet18", "state_dict": state, "best_acc1": torch.tensor(60.5)}


def strided(net):
    state = net.state_dict()
    bases = [state["bn1.weight"], state["layer1.0.bn1.weight"], state["layer1.0.bn2.weight"]]
    flat = torch.cat([torch.full((3,), float("nan")), *bases])
    begin = 3
    for name, base in zip(("bn1.weight", "layer1.0.bn1.weight", "layer1.0.bn2.weight"), bases):
        state[name] = flat[begin:begin + len(base)]
        begin += len(base)
    state["bn1.bias"] = torch.tensor([0.125]).expand(2)
    state["conv1.weight"] = state["conv1.weight"].contiguous(memory_format=torch.channels_last)
    state["layer1.0.conv1.weight"] = state["layer1.0.conv1.weight"].permute(3, 2, 1, 0).contiguous().permute(3, 2, 1, 0)
    every_other = torch.stack([state["layer2.0.bn1.bias"], torch.full((4,), float("nan"))], dim=1).flatten()
    state["layer2.0.bn1.bias"] = every_other[::2]
    state["layer3.0.conv1.weight"] = state["layer3.0.conv1.weight"].half()
    state["layer3.1.conv1.weight"] = state["layer3.1.conv1.weight"].bfloat16()
    state["layer4.0.conv1.weight"] = state["layer4.0.conv1.weight"].double()
    return state


class Python2Pickler(pickle._Pickler):
    """Writes tensors as PyTorch 0.1.12 did (torch/tensor.py, autograd/variable.py, serialization.py), and text as Python 2's byte strings."""

    dispatch = dict(pickle._Pickler.dispatch)

    def __init__(self, file, storages):
        super().__init__(file, protocol=2)
        self.storages = storages

    def save_str(self, text):
        data = text.encode("ascii")
        self.write(pickle.SHORT_BINSTRING + struct.pack("<B", len(data)) + data)
        self.memoize(text)

    dispatch[str] = save_str

    def persistent_id(self, value):
        if isinstance(value, tuple) and value and value[0] == "storage of":
            self.storages.append(value[1])
            return "storage", torch.FloatStorage, str(94000000000000 + len(self.storages)), "cpu", value[1].numel(), None
        return None

    def reducer_override(self, value):
        if isinstance(value, collections.OrderedDict):
            return collections.OrderedDict, ([list(item) for item in value.items()],)
        if isinstance(value, nn.Parameter):
            import copyreg
            return copyreg.__newobj__, (nn.Parameter, value.data), (True, False, collections.OrderedDict())
        if isinstance(value, torch.Tensor):
            return torch._utils._rebuild_tensor, (("storage of", value), 0, tuple(value.shape), value.stride())
        return NotImplemented


def python2(net):
    state = collections.OrderedDict((name, nn.Parameter(tensor) if name in dict(net.named_parameters()) else tensor)
                                    for name, tensor in net.state_dict().items() if not name.endswith("num_batches_tracked"))
    storages, out = [], io.BytesIO()
    for value in (torch.serialization.MAGIC_NUMBER, 1001, {"protocol_version": 1001, "little_endian": True, "type_sizes": {"int": 4}}):
        pickle.dump(value, out, protocol=2)
    Python2Pickler(out, storages).dump(state)
    Python2Pickler(out, []).dump([str(94000000000000 + i + 1) for i in range(len(storages))])
    for tensor in storages:
        out.write(struct.pack("<q", tensor.numel()) + tensor.detach().numpy().tobytes())
    (FOLDER / "python2.pth").write_bytes(out.getvalue())
    loaded = torch.load(FOLDER / "python2.pth", weights_only=False)
    assert list(loaded) == list(state) and all(torch.equal(loaded[name], tensor) for name, tensor in state.items())


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.manual_seed(0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    theirs = timm.create_model("resnet18").state_dict()
    assert list(theirs) == list(torchvision.models.resnet18().state_dict())
    small, deep, cifar = network("resnet18", 2), network("resnet50", 1), network("resnet18", 2, cifar=True)
    save("torchvision.pth", small.state_dict())
    parameters = {**deep.state_dict(), **dict(deep.named_parameters())}
    save("legacy.pth", collections.OrderedDict(parameters), _use_new_zipfile_serialization=False)
    save("authors.pth", authors(cifar))
    save("moco.pth", moco(small))
    save("strided.pth", strided(network("resnet18", 2)))
    python2(small)
    safetensors.torch.save_file({name: small.state_dict()[name] for name in theirs}, FOLDER / "timm.safetensors", {"format": "pt"})
    golden.write("weights", {
        "about": {"made": "by the formulas in dev/oracles/weights_golden.py", "torch": torch.__version__.split("+")[0],
                  "timm": timm.__version__, "safetensors": safetensors.__version__},
        "features": {"torchvision": features(small, 64), "legacy": features(deep, 64), "authors": features(cifar, 16)},
    })
