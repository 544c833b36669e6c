package dev.supcon.runner.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to do harm, or harmed: each is refused, in a sentence and at once. */
@Timeout(60)
final class HostileWeightsTest {
  private static final EncoderSpec ENCODER = EncoderWeightsTest.encoder("torchvision.pth");
  private static final long[] ONE = {1};

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource({"pickles", "objects", "tensors", "dictionaries"})
  void aPickleIsRefused(PickleBytes pickle, String reason) throws IOException {
    Path file = zip(Map.of("w/data.pkl", pickle.bytes(), "w/data/0", new byte[4]));

    assertThat(EncoderWeightsTest.refusal(file, ENCODER))
        .startsWith(file + " cannot be the initial weights: ")
        .contains(reason)
        .hasSizeLessThan(700);
  }

  private static PickleBytes pickle() {
    return PickleBytes.begin();
  }

  static Stream<Arguments> pickles() {
    return Stream.of(
        arguments(new PickleBytes().op(0x80, 4).raw("}."), "is not of protocol 2"),
        arguments(new PickleBytes().raw("(dp0\n."), "is not of protocol 2"),
        arguments(pickle(), "ends inside its pickle"),
        arguments(pickle().op('}'), "ends inside its pickle"),
        arguments(pickle().raw("(iposix\nsystem\n."), "operation 0x69"),
        arguments(pickle().op(0x82, 1, '.'), "operation 0x82"),
        arguments(pickle().raw("I1\n."), "operation 0x49"),
        arguments(pickle().op('X').little(Integer.MAX_VALUE).raw("a."), "ends inside its pickle"),
        arguments(pickle().op('X').little(-1).raw("a."), "ends inside its pickle"),
        arguments(pickle().op('T').little(1 << 30).raw("a."), "ends inside its pickle"),
        arguments(pickle().op('X').little(2).op(0xC3, 0x28, '.'), "not UTF-8"),
        arguments(pickle().op(0x8a, 255, 1, '.'), "ends inside its pickle"),
        arguments(pickle().op('N', 0x87, '.'), "takes more from its stack"),
        arguments(pickle().op('N', '(', 0x85, '.'), "takes more from its stack"),
        arguments(pickle().op('.'), "takes more from its stack"),
        arguments(pickle().op('0', '.'), "takes more from its stack"),
        arguments(pickle().op('q', 0, '.'), "takes more from its stack"),
        arguments(pickle().op('N', 't', '.'), "lacks a mark"),
        arguments(pickle().op('h', 7, '.'), "a place that it did not write"),
        arguments(pickle().op('j').little(-7).op('.'), "a place that it did not write"),
        arguments(pickle().raw("}(NNe."), "appends to what is no list"),
        arguments(pickle().raw("]NNs."), "into what is no dictionary"),
        arguments(pickle().raw("}(NNNu."), "into what is no dictionary"));
  }

  /** None of these names is looked up, let alone called. */
  static Stream<Arguments> objects() {
    return Stream.of(
        arguments(
            pickle().global("posix", "system").text("touch /tmp/x").op(0x85, 'R', '.'),
            "it holds a posix.system, and only tensors"),
        arguments(
            pickle().global("builtins", "eval").text("1").op(0x85, 'R', '.'),
            "it holds a builtins.eval"),
        arguments(pickle().global("__builtin__", "getattr").op('.'), "a __builtin__.getattr"),
        arguments(pickle().global("torch", "load").op('.'), "it holds a torch.load"),
        arguments(pickle().global("torch.x", "FloatStorage").op('.'), "a torch.x.FloatStorage"),
        arguments(
            pickle().global("torch", "ComplexFloatStorage").op('.'), "torch.ComplexFloatStorage"),
        arguments(
            pickle().global("torchvision.models.resnet", "ResNet").op(')', 0x81, '.'),
            "it holds a torchvision.models.resnet.ResNet, and only tensors, numbers, texts and"
                + " their collections are read; save the model's state_dict() alone"),
        arguments(pickle().global("a".repeat(10_000), "b").op('.'), "cannot be a class's"),
        arguments(pickle().global("os\u0001", "system").op('.'), "cannot be a class's"),
        arguments(pickle().text("print").op(')', 'R', '.'), "calls what cannot be called"),
        arguments(
            pickle().global("torch", "FloatStorage").op(')', 'R', '.'),
            "calls what cannot be called"),
        arguments(
            pickle().global("collections", "OrderedDict").op('N', 'R', '.'),
            "calls what cannot be called"),
        arguments(pickle().op(']', '}', 'b', '.'), "attributes of what has none"),
        arguments(
            pickle().global("torch._utils", "_rebuild_parameter").op('N', 0x85, 'R', '.'),
            "a parameter of what is no tensor"),
        arguments(
            pickle().global("torch.nn.parameter", "Parameter").op(')', 0x81, '.'),
            "a call with too few arguments"),
        arguments(
            pickle().global("argparse", "Namespace").op(')', 0x81, '}', 'b', '.'),
            "it holds no dictionary"));
  }

  static Stream<Arguments> tensors() {
    long[] many = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    long huge = 1L << 40;
    return Stream.of(
        arguments(pickle().tensor(1, 0, ONE, 1).op('.'), "it holds no dictionary"),
        arguments(pickle().tensor(1, 1, ONE, 1), "outside its storage"),
        arguments(pickle().tensor(1, 0, new long[] {2}, 1), "outside its storage"),
        arguments(pickle().tensor(1, 0, new long[] {2, 2}, 0, 1), "outside its storage"),
        arguments(pickle().tensor(1, 0, new long[] {2}, Long.MAX_VALUE), "outside its storage"),
        arguments(pickle().tensor(1, 0, new long[] {huge, huge}, 0, 0), "outside its storage"),
        arguments(pickle().tensor(1, 0, new long[] {huge, huge}, huge, huge), "outside its"),
        arguments(pickle().tensor(1, Long.MAX_VALUE, new long[] {2}, 1), "outside its storage"),
        arguments(pickle().tensor(1, -1, ONE, 1), "a size that is none"),
        arguments(pickle().tensor(1, 0, new long[] {-1}, 1), "a size that is none"),
        arguments(pickle().tensor(1, 0, ONE, -1), "a size that is none"),
        arguments(pickle().tensor(1, 0, ONE, 1, 1), "more sizes than strides, or fewer"),
        arguments(pickle().tensor(1, 0, many, many), "sizes are not those of a tensor"),
        arguments(pickle().tensor(-1, 0, ONE, 1), "a size that is none"),
        arguments(pickle().tensor(Long.MAX_VALUE, 0, ONE, 1), "a storage of impossible size"),
        arguments(
            pickle().global("torch._utils", "_rebuild_tensor_v2").op('N', 0x85, 'R'),
            "a tensor of what is no storage"),
        arguments(pickle().storage("FloatStorage", "../0", 1), "no storage of a known type"),
        arguments(pickle().text("module").op(0x85, 'Q'), "no storage of a known type"),
        arguments(
            pickle().storage("FloatStorage", "0", 1).storage("HalfStorage", "0", 1),
            "two storages of one name"),
        arguments(
            pickle()
                .op('(')
                .text("storage")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .number(1)
                .raw("(NNNttQ."),
            "a part of another"),
        arguments(
            entry("conv1.weight", p -> p.tensor(2, 0, ONE, 1)),
            "not the size that its pickle says"),
        arguments(
            entry("conv1.weight", p -> p.storage("FloatStorage", "1", 1)),
            "lacks its record data/1"),
        // a terabyte out of one number, if anyone laid it out
        arguments(
            entry("conv1.weight", p -> p.tensor(1, 0, new long[] {1L << 38}, 0)),
            "has with another shape or type conv1.weight F32[274877906944]"),
        arguments(
            entry(
                "conv1.weight",
                p -> p.tensor("IntStorage", 1, 0, new long[] {2, 3, 7, 7}, 0, 0, 0, 0)),
            "has with another shape or type conv1.weight I32[2, 3, 7, 7]"));
  }

  private static PickleBytes entry(String name, Consumer<PickleBytes> value) {
    PickleBytes pickle = pickle().op('}').text(name);
    value.accept(pickle);
    return pickle.op('s', '.');
  }

  static Stream<Arguments> dictionaries() {
    return Stream.of(
        arguments(pickle().op('N', '.'), "it holds no dictionary"),
        arguments(pickle().op('}', '.'), "it lacks conv1.weight"),
        arguments(pickle().raw("})Ns."), "keys are neither texts nor numbers"),
        arguments(nested(pickle().op('}', ')'), 1_000_000).raw("Ns."), "neither texts nor numbers"),
        arguments(nested(pickle().op('}').text("a").op(')'), 1_000_000).raw("s."), "no tensor"),
        arguments(pickle().op('}').text("a").raw("]q\u0001h\u0001as."), "its entry a is no tensor"),
        arguments(entry("epoch", p -> p.number(1)), "its entry epoch is no tensor"),
        arguments(pickle().raw("}K\u0001Ns."), "its entry 1 is no tensor"),
        arguments(
            entry("a".repeat(5_000), p -> p.number(1)), "its entry " + "a".repeat(60) + "… is no"),
        arguments(
            pickle().op('}').text("a").op('N', 's').text("a").op('N', 's', '.'),
            "a dictionary with the key a twice"),
        arguments(
            pickle().op('}').text("state_dict").raw("}s").text("model").raw("}s."),
            "both state_dict and model"),
        arguments(
            pickle()
                .op('}')
                .text("conv1.weight")
                .tensor(1, 0, ONE, 1)
                .op('s')
                .text("module.conv1.weight")
                .tensor(1, 0, ONE, 1)
                .op('s', '.'),
            "it holds conv1.weight twice, under two names"),
        arguments(
            pickle().global("collections", "OrderedDict").op(']', 'N', 'a', 0x85, 'R', '.'),
            "of what are no pairs"),
        arguments(
            pickle().global("collections", "OrderedDict").op('N', 0x85, 'R', '.'),
            "a dictionary of what is no list"),
        arguments(quadratic(), "more than a million pairs"));
  }

  private static PickleBytes nested(PickleBytes pickle, int depth) {
    for (int i = 0; i < depth; i++) {
      pickle.op(0x85);
    }
    return pickle;
  }

  /** A list of many pairs, and a dictionary of it again and again. */
  private static PickleBytes quadratic() {
    PickleBytes pickle = pickle().raw("]q\u0001(");
    for (int i = 0; i < 50_000; i++) {
      pickle.number(i).op('N', 0x86);
    }
    pickle.raw("e0").global("collections", "OrderedDict").raw("q\u0002");
    for (int i = 0; i < 100_000; i++) {
      pickle.raw("h\u0002h\u0001\u0085R0");
    }
    return pickle.op('N', '.');
  }

  @ParameterizedTest
  @ValueSource(strings = {"w/data.pkl", "w/data/0"})
  void whatIsCompressedIsRefusedBeforeItGrows(String compressed) throws IOException {
    Map<String, byte[]> records = new LinkedHashMap<>();
    records.put("w/data.pkl", tensorPickle());
    records.put("w/data/0", new byte[4]);
    records.put(compressed, new byte[64 << 20]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> record : records.entrySet()) {
        put(out, record.getKey(), record.getValue(), !record.getKey().equals(compressed));
      }
    }

    assertThat(refused(bytes.toByteArray())).contains("is compressed");
  }

  private static byte[] tensorPickle() {
    return entry("conv1.weight", p -> p.tensor(1, 0, ONE, 1)).bytes();
  }

  @Test
  void anArchiveOfAnotherFormIsRefused() throws IOException {
    byte[] pickle = tensorPickle();
    byte[] four = new byte[4];

    assertThat(refused(Map.of("readme", four))).contains("not one that torch.save wrote");
    assertThat(refused(Map.of("data.pkl", pickle))).contains("not one that torch.save wrote");
    assertThat(refused(Map.of("a/b/data.pkl", pickle))).contains("not one that torch.save wrote");
    assertThat(refused(Map.of("a/data.pkl", pickle, "b/data.pkl", pickle)))
        .contains("not one that torch.save wrote");
    assertThat(refused(Map.of("w/data.pkl", pickle, "w/constants.pkl", four)))
        .contains("it is a TorchScript archive; save the module's state_dict() instead");
    assertThat(refused(Map.of("w/data.pkl", pickle, "w/byteorder", "big".getBytes(ISO_8859_1))))
        .contains("big-endian");
    assertThat(refused(Map.of("w/data.pkl", pickle))).contains("lacks its record data/0");
    assertThat(refused(Map.of("w/data.pkl", pickle, "w/../w/data/0", four)))
        .contains("lacks its record data/0");
    assertThat(refused(Map.of("w/data.pkl", new byte[9 << 20]))).contains("is too long");
    byte[] twice = Files.readAllBytes(zip(Map.of("w/data.pkl", pickle, "w/data.pkm", pickle)));
    assertThat(refused(new String(twice, ISO_8859_1).replace("pkm", "pkl").getBytes(ISO_8859_1)))
        .contains("two records of one name");
    byte[] flipped = Files.readAllBytes(zip(Map.of("w/data.pkl", pickle, "w/data/0", four)));
    flipped[new String(flipped, ISO_8859_1).indexOf("conv1")]++;
    assertThat(refused(flipped)).contains("its record data.pkl is damaged");
  }

  @Test
  void aStreamOfAnotherFormIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(EncoderWeightsTest.golden("legacy.pth"));
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);

    assertThat(refused(Arrays.copyOf(whole, whole.length - 1))).contains("the file is cut off");
    assertThat(refused(Arrays.copyOf(whole, whole.length - 5_000))).contains("the file is cut off");
    assertThat(refused(Arrays.copyOf(whole, 200))).contains("ends inside its pickle");
    assertThat(refused(longer)).contains("goes on after its last storage");
    assertThat(refused(pickle().raw("K\u0001.").bytes()))
        .contains("it is a pickle that torch.save did not write");
    assertThat(refused(stream(1002, true, "0"))).contains("a version that is not 1001");
    assertThat(refused(stream(1001, false, "0"))).contains("big-endian");
    assertThat(refused(stream(1001, true, "1"))).contains("its pickle does not name");
    assertThat(refused(stream(1001, true))).contains("it lacks the storage 0");
    assertThat(refused(stream(1001, true, "0"))).contains("not the size that its pickle says");
  }

  /** Its one storage of one number says that it has none. */
  private static byte[] stream(int version, boolean little, String... keys) {
    PickleBytes file = pickle().op(0x8a, 10);
    file.op(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.');
    file.op(0x80, 2, 'M', version & 0xFF, version >> 8, '.');
    file.op(0x80, 2, '}').text("little_endian").op(little ? 0x88 : 0x89, 's', '.');
    file.op(0x80, 2, '}').text("a").tensor(1, 0, ONE, 1).op('s', '.');
    file.op(0x80, 2, ']');
    for (String key : keys) {
      file.text(key).op('a');
    }
    return file.op('.').little(0).little(0).little(0).bytes();
  }

  @Test
  void whatIsNoFileOfWeightsIsRefused() throws IOException {
    byte[] archive = Files.readAllBytes(EncoderWeightsTest.golden("torchvision.pth"));
    byte[] header =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 60).array();
    header[8] = '{';

    for (String text : new String[] {"", "P", "<!DOCTYPE html><html>", "version https://git-lfs"}) {
      assertThat(refused(text.getBytes(ISO_8859_1)))
          .contains("neither a safetensors file nor one of torch.save");
    }
    assertThat(refused(Arrays.copyOf(archive, archive.length / 2))).contains("zip");
    assertThat(refused(header)).contains("its header cannot be");
  }

  @Test
  void aFileThatNoCheckpointCanFillIsNotRead() throws IOException {
    Path file = folder.resolve("huge.safetensors");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength((256L << 20) + 1);
    }

    assertThat(EncoderWeightsTest.refusal(file, ENCODER))
        .contains("it has 268,435,457 bytes, and no checkpoint of this encoder has more");
  }

  @Test
  void aValueThatIsNotFiniteIsRefused() throws IOException {
    byte[] archive = Files.readAllBytes(EncoderWeightsTest.golden("timm.safetensors"));
    Arrays.fill(archive, archive.length - 4, archive.length, (byte) 0xFF);

    assertThat(refused(archive)).contains("has a value that is not finite");
  }

  /** Whatever byte is changed: weights, or a refusal; no other exception, no end of memory. */
  @ParameterizedTest
  @ValueSource(strings = {"torchvision.pth", "python2.pth", "authors.pth", "strided.pth"})
  void aByteMoreOrLessIsNoSurprise(String name) throws IOException {
    byte[] whole = Files.readAllBytes(EncoderWeightsTest.golden(name));
    SplittableRandom random = new SplittableRandom(name.hashCode());
    Path file = folder.resolve(name);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] changed = whole.clone();
      int pickle = random.nextInt(4) > 0 ? Math.min(whole.length, 12_000) : whole.length;
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        changed[random.nextInt(pickle)] = (byte) random.nextInt(256);
      }
      Files.write(file, changed);
      try {
        EncoderWeights.read(file, EncoderWeightsTest.encoder(name));
      } catch (StepFailure e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  private String refused(Map<String, byte[]> records) throws IOException {
    return EncoderWeightsTest.refusal(zip(records), ENCODER);
  }

  private String refused(byte[] content) throws IOException {
    Path file = folder.resolve("file");
    return EncoderWeightsTest.refusal(Files.write(file, content), ENCODER);
  }

  private Path zip(Map<String, byte[]> records) throws IOException {
    Path file = folder.resolve("file.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      records.forEach((name, content) -> put(out, name, content, true));
    }
    return file;
  }

  private static void put(ZipOutputStream out, String name, byte[] content, boolean stored) {
    try {
      ZipEntry entry = new ZipEntry(name);
      if (stored) {
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
      }
      out.putNextEntry(entry);
      out.write(content);
      out.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
