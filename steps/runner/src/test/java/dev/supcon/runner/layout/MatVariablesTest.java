package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.StepFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** What is read, and what nobody may make us read. */
class MatVariablesTest {
  private static final byte[] CARS = Flowers102Test.resource("cars_train_annos_small.mat");
  private static final byte[] PLAIN = Flowers102Test.resource("cars_test_annos_small.mat");

  /** scipy.io.loadmat of the official cars_meta.mat, which MATLAB wrote: class_names. */
  @Test
  void whatMatlabWroteIsRead() {
    List<String> names = of(Flowers102Test.resource("cars_meta.mat")).texts("class_names");
    assertThat(names).hasSize(196).startsWith("AM General Hummer SUV 2000");
    assertThat(names.get(166)).isEqualTo("Mitsubishi Lancer Sedan 2012");
    assertThat(names.get(195)).isEqualTo("smart fortwo Convertible 2012");
  }

  @Test
  void aFileCutOffAnywhereIsRefused() {
    for (byte[] whole : List.of(CARS, PLAIN)) {
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> cars(cut)).as("%s", length).isInstanceOf(StepFailure.class);
      }
    }
  }

  @Test
  void noDamageEndsInAnythingButARefusal() {
    for (byte[] whole : List.of(CARS, PLAIN)) {
      for (int i = 0; i < whole.length; i++) {
        for (int wrong : new int[] {0, 0x7F, 0xFF, whole[i] ^ 1}) {
          byte[] damaged = whole.clone();
          damaged[i] = (byte) wrong;
          assertThatCode(() -> readOrRefuse(damaged)).as("%s", i).doesNotThrowAnyException();
        }
      }
    }
  }

  private static void readOrRefuse(byte[] file) {
    try {
      cars(file);
    } catch (StepFailure e) {
      assertThat(e.getMessage()).startsWith("/data/set: x.mat");
    }
  }

  @Test
  void aBombIsRefused() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_COMPRESSION))) {
      out.write(matrix(6, 1, new byte[1 << 26]));
    }
    refused(file(element(15, packed.toByteArray())), "unpacks to more than 32 MiB");
  }

  @Test
  void moreElementsThanBytesAreRefused() {
    for (int kind : new int[] {1, 2, 4, 6}) {
      refused(file(matrix(kind, 1 << 20, new byte[64])), "more elements than bytes");
      refused(file(matrix(kind, Integer.MAX_VALUE, new byte[64])), "more elements than bytes");
      refused(file(matrix(kind, -1, new byte[64])), "more elements than bytes");
    }
  }

  @Test
  void objectsCodeAndSparseMatricesAreRefused() {
    for (int kind : new int[] {0, 3, 5, 16, 17, 18}) {
      refused(file(matrix(kind, 1, new byte[64])), "a variable of class " + kind);
    }
  }

  @Test
  void deepNestingIsRefused() {
    byte[] nested = matrix(6, 1, element(2, new byte[8]));
    for (int i = 0; i < 5; i++) {
      nested = matrix(1, 1, nested);
    }
    refused(file(nested), "nested too deeply");
  }

  @Test
  void aLengthBeyondTheFileIsRefused() {
    byte[] file = file(matrix(6, 1, element(2, new byte[8])));
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(132, Integer.MAX_VALUE);
    refused(file, "longer than the whole");
  }

  @Test
  void anotherKindOfFileIsRefused() {
    refused(
        "\211HDF\r\n\032\n".repeat(40).getBytes(StandardCharsets.ISO_8859_1),
        "no header of a MATLAB 5");
  }

  private static void refused(byte[] file, String reason) {
    assertThatThrownBy(() -> of(file))
        .isInstanceOf(StepFailure.class)
        .hasMessageStartingWith("/data/set: x.mat is no MATLAB file of labels")
        .hasMessageContaining(reason);
  }

  private static void cars(byte[] file) {
    of(file).named("annotations", "fname", "class");
  }

  private static MatVariables of(byte[] file) {
    SourceFiles files = new Corpus().file("x.mat", file).files();
    try {
      return MatVariables.of(files, files.lists("x.mat"), "x.mat");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] file(byte[] element) {
    byte[] file = Arrays.copyOf(new byte[128], 128 + element.length);
    file[125] = 1;
    file[126] = 'I';
    file[127] = 'M';
    System.arraycopy(element, 0, file, 128, element.length);
    return file;
  }

  /** Of {@code size} rows and one column. */
  private static byte[] matrix(int kind, int size, byte[] rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(element(6, ints(kind, 0)));
    out.writeBytes(element(5, ints(size, 1)));
    out.writeBytes(element(1, new byte[] {'x'}));
    if (kind == 2) {
      out.writeBytes(element(5, ints(8)));
      out.writeBytes(element(1, new byte[16]));
    }
    out.writeBytes(rest);
    return element(14, out.toByteArray());
  }

  private static byte[] element(int type, byte[] data) {
    int padded = type == 15 ? data.length : (data.length + 7) & -8;
    byte[] element = Arrays.copyOf(ints(type, data.length), 8 + padded);
    System.arraycopy(data, 0, element, 8, data.length);
    return element;
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(bytes::putInt);
    return bytes.array();
  }
}
