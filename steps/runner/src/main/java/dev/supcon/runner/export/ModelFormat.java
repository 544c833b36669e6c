package dev.supcon.runner.export;

/** Formats of {@code supcon export}. */
public enum ModelFormat {
  /** A file with torchvision's names: timm, torchvision, Hugging Face. */
  SAFETENSORS,
  /** A file for {@code torch.jit.load}, DJL, C++. */
  TORCHSCRIPT,
  /** A file for onnxruntime, TensorRT and what is built on them. */
  ONNX,
  /** A folder for DJL Serving. */
  DJL,
  /** A model folder of MLflow with the flavours onnx and python_function. */
  MLFLOW,
  /** A model's folder of a Triton repository. */
  TRITON,
  /** A folder of what the encoder makes of the run's images, for NumPy. */
  NPY
}
