package dev.supcon.runner.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.ViewPolicy;
import dev.supcon.contract.spec.ViewSemantics;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.GoldenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelOperationsTest {
  private static final int GUARD = 7;
  private static final List<Operation> TORCHVISION_LACKS =
      List.of(Operation.SOLARIZE_ADD, Operation.CUTOUT);

  private static final JsonNode COUNTS = GoldenFile.read("operations").at("/amounts/32");

  private final JsonNode golden = golden();

  @Test
  void everyOperationAtEveryLevelIsTorchvisionsOnPillowToTheBit() {
    assertThat(differing(ViewSemantics.TORCHVISION)).isEmpty();
  }

  @Test
  void everyOperationAtEveryLevelIsTheAuthorsToTheBit() {
    assertThat(differing(ViewSemantics.AUTHORS_TF)).isEmpty();
  }

  @Test
  void levelsGiveTheAmountsOfTheReferences() {
    golden
        .get("amounts")
        .propertyStream()
        .forEach(
            side -> {
              for (Case each : cases(side.getValue())) {
                assertThat(each.amounts(Integer.parseInt(side.getKey())))
                    .as("%s px %s", side.getKey(), each)
                    .isEqualTo(GoldenFile.doubles(each.golden()));
              }
            });
  }

  @Test
  void onlyTheViewIsChanged() {
    byte[] rgb = new byte[3 * 64 + 2 * GUARD];
    for (ViewSemantics semantics : List.of(ViewSemantics.TORCHVISION, ViewSemantics.AUTHORS_TF)) {
      PixelOperations operations = PixelOperations.of(semantics, 8);
      for (Operation operation : Operation.values()) {
        if (semantics == ViewSemantics.AUTHORS_TF || !TORCHVISION_LACKS.contains(operation)) {
          Arrays.fill(rgb, (byte) 99);
          operations.apply(new DrawnOperation(operation, 1.5, 0.5, 0.5), rgb, GUARD);
          assertThat(Arrays.copyOf(rgb, GUARD)).containsOnly(99);
          assertThat(Arrays.copyOfRange(rgb, rgb.length - GUARD, rgb.length)).containsOnly(99);
        }
      }
    }
  }

  /** One operation of a policy in some semantics. */
  private record Case(
      ViewSemantics semantics, ViewPolicy policy, Operation operation, JsonNode golden) {

    /** Level by level; where there is a sign, plus before minus. */
    double[] amounts(int side) {
      Levels levels = Levels.of(ViewsOf.policy(policy, semantics), side);
      double[] amounts = new double[count()];
      boolean signed = count() > levels.highest() + 1;
      for (int i = 0; i < amounts.length; i++) {
        amounts[i] = levels.amount(operation, signed ? i / 2 : i, signed && i % 2 == 1);
        amounts[i] += 0.0; // no -0.0
      }
      return amounts;
    }

    private int count() {
      String name = semantics == ViewSemantics.AUTHORS_TF ? "authorsTf" : "torchvision";
      String of = policy == ViewPolicy.AUTO_AUGMENT ? "autoAugment" : "randAugment";
      return COUNTS.get(name).get(of).get(operation.name()).size();
    }

    @Override
    public String toString() {
      return semantics + " " + policy + " " + operation;
    }
  }

  private static List<Case> cases(JsonNode parent) {
    List<Case> cases = new ArrayList<>();
    for (ViewSemantics semantics : List.of(ViewSemantics.TORCHVISION, ViewSemantics.AUTHORS_TF)) {
      String name = semantics == ViewSemantics.AUTHORS_TF ? "authorsTf" : "torchvision";
      for (ViewPolicy policy : List.of(ViewPolicy.AUTO_AUGMENT, ViewPolicy.RAND_AUGMENT)) {
        String of = policy == ViewPolicy.AUTO_AUGMENT ? "autoAugment" : "randAugment";
        parent
            .get(name)
            .get(of)
            .propertyStream()
            .forEach(
                each ->
                    cases.add(
                        new Case(
                            semantics, policy, Operation.valueOf(each.getKey()), each.getValue())));
      }
    }
    return cases;
  }

  private List<String> differing(ViewSemantics semantics) {
    List<String> differing = new ArrayList<>();
    golden
        .get("images")
        .propertyStream()
        .forEach(
            image ->
                cases(image.getValue()).stream()
                    .filter(each -> each.semantics() == semantics)
                    .filter(
                        each -> !digest(each, image.getValue()).startsWith(each.golden().asText()))
                    .forEach(each -> differing.add(image.getKey() + " " + each)));
    return differing;
  }

  private static String digest(Case each, JsonNode image) {
    int side = image.get("side").asInt();
    PixelOperations operations = PixelOperations.of(each.semantics(), side);
    byte[] pixels = Golden.pixels(image);
    MessageDigest sha256 = sha256();
    for (double amount : each.amounts(side)) {
      byte[] rgb = new byte[pixels.length + GUARD];
      System.arraycopy(pixels, 0, rgb, GUARD, pixels.length);
      operations.apply(new DrawnOperation(each.operation(), amount, 0.25, 0.5), rgb, GUARD);
      sha256.update(rgb, GUARD, pixels.length);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** The committed file, or that of photographs which the oracle wrote. */
  private static JsonNode golden() {
    String other = System.getProperty("supcon.operations", "");
    try {
      return other.isEmpty()
          ? GoldenFile.read("operations")
          : ContractJson.MAPPER.readTree(Path.of(other).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }
}
