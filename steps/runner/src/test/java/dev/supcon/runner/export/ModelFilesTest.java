package dev.supcon.runner.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.EncoderVariant;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.Stem;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.checkpoint.SafeTensors;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.services.store.Stores;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class ModelFilesTest {
  private static final float TOLERANCE = 1e-5f;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "RESNET18, CIFAR, TORCHVISION, true",
    "RESNET50, IMAGENET, TORCHVISION, false",
    "RESNET18, IMAGENET, AUTHORS_TF, false"
  })
  void torchScriptSaysInDjlWhatTheNetworkSays(
      Architecture architecture, Stem stem, EncoderVariant variant, boolean normalizeInput)
      throws Exception {
    SomeModel some = SomeModel.of(folder, encoder(architecture, stem, variant), normalizeInput);
    write(some, ModelFormat.TORCHSCRIPT, "model.pt");

    try (NDManager manager = TorchEngine.newManager();
        Model model = Model.newInstance("model", "PyTorch")) {
      model.load(folder, "model");
      try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
        NDList output = predictor.predict(new NDList(some.array(manager)));
        assertNear(output.singletonOrThrow().toFloatArray(), some.logits());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RESNET18, CIFAR, TORCHVISION, true",
    "RESNET50, IMAGENET, TORCHVISION, false",
    "RESNET18, IMAGENET, AUTHORS_TF, false"
  })
  void onnxSaysInOnnxruntimeWhatTheNetworkSays(
      Architecture architecture, Stem stem, EncoderVariant variant, boolean normalizeInput)
      throws Exception {
    SomeModel some = SomeModel.of(folder, encoder(architecture, stem, variant), normalizeInput);
    Path file = write(some, ModelFormat.ONNX, "model.onnx");

    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor images =
            OnnxTensor.createTensor(
                environment,
                FloatBuffer.wrap(some.images()),
                new long[] {SomeModel.IMAGES, 3, SomeModel.SIDE, SomeModel.SIDE});
        OrtSession.Result result = session.run(Map.of("input", images))) {
      assertNear(flat(result, "features"), some.features());
      assertNear(flat(result, "logits"), some.logits());
      String card = session.getMetadata().getCustomMetadataValue("supcon.json").orElseThrow();
      assertThat(ContractJson.read(card, ModelCard.class)).isEqualTo(some.card());
    }
  }

  @Test
  void safetensorsHoldsTheNetworkUnderTorchvisionsNames() {
    SomeModel some = SomeModel.of(folder, Architecture.RESNET18, Stem.CIFAR);
    SafeTensors file = SafeTensors.read(write(some, ModelFormat.SAFETENSORS, "m.safetensors"));

    assertThat(file.tensors()).isEqualTo(some.model().tensors());
    assertThat(file.tensors()).containsKeys("fc.weight", "fc.bias", "bn1.num_batches_tracked");
    assertThat(file.tensor("bn1.num_batches_tracked").longs()).containsExactly(1);
    assertThat(file.metadata()).containsKeys("format", "supcon.json");
  }

  @Test
  void theCardSaysWhetherTheClassifierTakesUnitFeatures() {
    for (boolean normalizeInput : new boolean[] {true, false}) {
      SomeModel some =
          SomeModel.of(
              folder,
              encoder(Architecture.RESNET18, Stem.CIFAR, EncoderVariant.TORCHVISION),
              normalizeInput);

      assertThat(some.card().json()).contains("\"normalizeInput\" : " + normalizeInput);
      assertThat(some.card().outputs().toString().contains("divided by their length"))
          .isEqualTo(normalizeInput);
    }
  }

  @Test
  void djlsFolderClassifiesAPicture() throws Exception {
    SomeModel some = SomeModel.of(folder, Architecture.RESNET18, Stem.CIFAR);
    Path served = write(some, ModelFormat.DJL, "served");
    Criteria<Image, Classifications> criteria =
        Criteria.builder()
            .setTypes(Image.class, Classifications.class)
            .optModelPath(served)
            .optEngine("PyTorch")
            .build();

    TorchEngine.version();
    try (ZooModel<Image, Classifications> model = criteria.loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      Classifications answer =
          predictor.predict(ImageFactory.getInstance().fromImage(firstPicture(some)));
      List<Double> probabilities = softmax(some.logits());
      for (int label = 0; label < 3; label++) {
        assertThat(answer.get(some.model().classNames().get(label)).getProbability())
            .isCloseTo(probabilities.get(label), within(1e-4));
      }
    }
  }

  @Test
  void mlflowsFolderNamesItsModelAndWhatGoesIn() throws Exception {
    SomeModel some = SomeModel.of(folder, Architecture.RESNET18, Stem.CIFAR);
    Path written = write(some, ModelFormat.MLFLOW, "mlflow");

    Map<String, Object> model = new Yaml().load(Files.readString(written.resolve("MLmodel")));
    assertThat(String.valueOf(model.get("flavors"))).contains("loader_module=mlflow.onnx");
    assertThat(String.valueOf(model.get("signature")))
        .contains("[-1,3,32,32]", "logits", "features");
    assertThat(written.resolve("model.onnx")).exists();
  }

  @Test
  void tritonsFolderIsARepositorysModel() throws Exception {
    SomeModel some = SomeModel.of(folder, Architecture.RESNET18, Stem.CIFAR);
    Path written = write(some, ModelFormat.TRITON, "shapes");

    assertThat(Files.readString(written.resolve("config.pbtxt")))
        .contains("name: \"shapes\"", "dims: [ 3, 32, 32 ]", "dims: [ 64 ]", "dims: [ 3 ]");
    assertThat(written.resolve("1/model.onnx")).exists();
    assertThat(written.resolve("labels.txt")).hasContent("one\ntwo\nthree");
    assertThat(written.resolve("supcon.json")).hasContent(some.card().json());
  }

  private static EncoderSpec encoder(Architecture architecture, Stem stem, EncoderVariant variant) {
    return new EncoderSpec(architecture, stem, 0.125, Precision.FP32, variant, null);
  }

  private Path write(SomeModel some, ModelFormat format, String name) {
    Path out = folder.resolve(name);
    StoredRun none = new StoredRun(Stores.open(folder.toString()), folder, List.of());
    new ModelFiles(some.model(), some.card(), new FeatureFiles(none)).write(format, out);
    return out;
  }

  private static BufferedImage firstPicture(SomeModel some) {
    int side = SomeModel.SIDE;
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < side * side; at++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        double value =
            some.images()[c * side * side + at] * some.model().input().std().get(c)
                + some.model().input().mean().get(c);
        rgb = rgb << 8 | (int) Math.round(value * 255);
      }
      picture.setRGB(at % side, at / side, rgb);
    }
    return picture;
  }

  private static List<Double> softmax(float[] logits) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += Math.exp(logits[i]);
    }
    double total = sum;
    return List.of(0, 1, 2).stream().map(i -> Math.exp(logits[i]) / total).toList();
  }

  private static float[] flat(OrtSession.Result result, String name) throws Exception {
    FloatBuffer values = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    float[] flat = new float[values.remaining()];
    values.get(flat);
    return flat;
  }

  private static void assertNear(float[] found, float[] expected) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(found).containsExactly(expected, within(TOLERANCE * largest));
  }
}
