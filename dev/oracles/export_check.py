"""Checks `supcon export` with the programs that it writes for: export_check.py FOLDER, which holds the exports of one run as

    model.safetensors  model.pt  model.onnx  mlflow/

Needs onnxruntime and mlflow beside the oracles' environment. Exits 1 where an output differs by more than 1e-5 of the largest.
"""

import json
import pathlib
import sys

import mlflow.pyfunc
import onnxruntime
import safetensors.torch
import torch

import authors_golden
import encoders_golden


def network_of(tensors, encoder):
    """The variant's class with the export's weights, under strict=True; features and logits come out."""
    width, cifar = tensors["bn1.weight"].numel(), encoder["stem"] == "cifar"
    if encoder["variant"] == "authorsTf":
        network = authors_golden.AuthorsEncoder(encoder["architecture"], cifar, width)
    else:
        network = encoders_golden.Encoder(*encoders_golden.DEPTHS[encoder["architecture"]], width, cifar)
    classes, size = tensors["fc.weight"].shape
    network.fc = torch.nn.Linear(size, classes)
    network.load_state_dict(tensors, strict=True)
    return network.eval()


def main(folder):
    with safetensors.safe_open(folder / "model.safetensors", "pt") as file:
        card = json.loads(file.metadata()["supcon.json"])
    network = network_of(safetensors.torch.load_file(folder / "model.safetensors"), card["encoder"])
    side = card["input"]["side"]
    images = encoders_golden.made("input", (4, 3, side, side), 4.0)
    with torch.no_grad():
        classifier, network.fc = network.fc, torch.nn.Identity()
        features = network(images)
        expected = classifier(torch.nn.functional.normalize(features) if card["normalizeInput"] else features)
        script = torch.jit.load(folder / "model.pt", _extra_files={"supcon.json": ""})
        found = {"torch.jit forward": (script(images), expected), "torch.jit features": (script.features(images), features)}
    assert set(script.state_dict()) == set(safetensors.torch.load_file(folder / "model.safetensors"))
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    assert json.loads(session.get_modelmeta().custom_metadata_map["supcon.json"]) == card
    logits, embedding = session.run(["logits", "features"], {"input": images.numpy()})
    found |= {"onnxruntime logits": (logits, expected), "onnxruntime features": (embedding, features)}
    answer = mlflow.pyfunc.load_model(str(folder / "mlflow")).predict({"input": images.numpy()})
    found |= {"mlflow logits": (answer["logits"], expected)}
    worst = 0.0
    for name, (ours, theirs) in found.items():
        difference = ((torch.as_tensor(ours) - theirs).abs().max() / theirs.abs().max()).item()
        worst = max(worst, difference)
        print(f"{name}: {difference:.1e} from {card['encoder']['variant']}, {card['encoder']['architecture']} {card['encoder']['stem']}")
    return 0 if worst < 1e-5 else 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
