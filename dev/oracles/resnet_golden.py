"""Golden ResNets: torchvision's structure, and outputs and gradients of a narrow CIFAR ResNet-18. Writes resnet.json.

Weights are made, not stored, from u(name, i) = ((i * 2654435761 + crc32(name)) mod 2^32) / 2^32 - 0.5 in float64, then float32:

    convolution weight   2 * sqrt(6 / fan_in) * u(name, i)    (Kaiming's variance 2 / fan_in)
    batch norm           weight 1 + 0.1 u, bias 0.1 u, running mean 0, running variance 1
    input [4, 3, 32, 32] 2 * u("input", i)
    cotangent [4, 64]    u("cotangent", i); loss = sum(features * cotangent)
    projection j of g    sum over i of g[i] * u("projection.<j>.<name>", i), j = 0..7

i counts row-major (NCHW, OIHW). Every tensor is computed in float32 and in float64: the file holds the float64 values, and how far the
float32 ones are from them, relative to the largest magnitude of the tensor; a float32 network in another order should be about as near.
"""

import torch
import torchvision

import golden
import networks

PROJECTIONS = 8


def made(name, shape, scale=1.0, offset=0.0):
    values = offset + scale * golden.counter(name, torch.Size(shape).numel())
    return torch.from_numpy(values).float().reshape(shape)


def fill(network):
    for name, parameter in network.named_parameters():
        if parameter.dim() == 4:
            value = made(name, parameter.shape, 2 * (6 / parameter[0].numel()) ** 0.5)
        else:
            value = made(name, parameter.shape, 0.1, 1.0 if name.endswith("weight") else 0.0)
        parameter.data.copy_(value)


def measure(dtype):
    network = networks.Encoder(8)
    fill(network)
    network = network.to(dtype)
    images = made("input", (4, 3, 32, 32), 2.0).to(dtype)
    found = {}
    with torch.no_grad():
        found["evalFeatures"] = network.eval()(images)
        found["evalStem"] = network.relu(network.bn1(network.conv1(images)))[:, :, ::8, ::8]
    features = network.train()(images)
    found["trainFeatures"] = features.detach()
    (features * made("cotangent", features.shape).to(dtype)).sum().backward()
    gradients = {name: parameter.grad.double() for name, parameter in network.named_parameters()}
    statistics = {name: buffer for name, buffer in network.named_buffers() if "running" in name}
    return found, gradients, statistics


def compared(exact, single):
    deviation = ((exact - single.double()).abs().max() / exact.abs().max()).item()
    assert deviation < 1e-3, deviation
    return float(f"{deviation:.1e}")


def described(name, exact, single):
    flat = exact.flatten()
    projections = [(flat * made(f"projection.{j}.{name}", flat.shape).double()).sum().item() for j in range(PROJECTIONS)]
    return {"shape": list(exact.shape), "norm": golden.floats(flat.norm())[0], "projections": golden.floats(projections),
            "float32Deviation": compared(exact, single)}


def structure(name):
    network = getattr(torchvision.models, name)()
    parameters = {key for key, _ in network.named_parameters()}
    return [{"name": key, "shape": list(value.shape), "parameter": key in parameters} for key, value in network.state_dict().items()]


torch.set_num_threads(1)
exact, exact_gradients, exact_statistics = measure(torch.float64)
single, single_gradients, single_statistics = measure(torch.float32)
golden.write("resnet", {
    "about": {"weights": "made by the formulas in dev/oracles/resnet_golden.py", "values": "float64; `float32Deviation` is float32's largest "
              "difference, relative to the tensor's largest magnitude", "evalStem": "[4, 8, 4, 4]: every eighth row and column",
              "counter": "u('input', 0..3), to check the formula", "torch": torch.__version__.split("+")[0], "torchvision": torchvision.__version__},
    "counter": golden.floats(golden.counter("input", 4), 17),
    "cifarResnet18": {
        "width": 8, "inputShape": [4, 3, 32, 32],
        **{key: {"shape": list(value.shape), "values": golden.floats(value), "float32Deviation": compared(value, single[key])}
           for key, value in exact.items()},
        "gradients": {key: described(key, value, single_gradients[key]) for key, value in exact_gradients.items()},
        "runningStatisticsAfterOneStep": {key: {"values": golden.floats(value), "float32Deviation": compared(value, single_statistics[key])}
                                          for key, value in exact_statistics.items()},
    },
    "structure": {name: structure(name) for name in ("resnet18", "resnet34", "resnet50", "resnet101")},
})
