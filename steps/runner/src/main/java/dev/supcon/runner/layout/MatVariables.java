package dev.supcon.runner.layout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/** Labels that somebody keeps as variables of MATLAB. */
final class MatVariables {
  private final SourceFiles files;
  private final String name;
  private final MatFile file;

  private MatVariables(SourceFiles files, String name, MatFile file) {
    this.files = files;
    this.name = name;
    this.file = file;
  }

  /**
   * Reads a list.
   *
   * @throws dev.supcon.contract.step.StepFailure {@code DATA} when it is no MATLAB file
   */
  static MatVariables of(SourceFiles files, Lists lists, String end) {
    String name = lists.name(end);
    try {
      MatFile file =
          Mat5.newReader(Sources.wrap(MatBytes.plain(lists.bytes(end))))
              .disableSubsystemProcessing()
              .readMat();
      return new MatVariables(files, name, file);
    } catch (IOException e) {
      throw files.refused(
          name, "is no MATLAB file of labels (%s); download it again".formatted(e.getMessage()));
    }
  }

  /** Where an element stands, counted from 1 as MATLAB does. */
  String at(String variable, int index) {
    return "%s %s(%d)".formatted(name, variable, index + 1);
  }

  /** Numbers from 1. */
  List<Integer> numbers(String variable) {
    return read(
        variable,
        file -> {
          Matrix matrix = file.getMatrix(variable);
          List<Integer> numbers = new ArrayList<>();
          for (int i = 0; i < matrix.getNumElements(); i++) {
            numbers.add(number(matrix, i));
          }
          return numbers;
        });
  }

  /** Texts. */
  List<String> texts(String variable) {
    return read(
        variable,
        file -> {
          Cell cell = file.getCell(variable);
          List<String> texts = new ArrayList<>();
          for (int i = 0; i < cell.getNumElements(); i++) {
            texts.add(cell.getChar(i).getString());
          }
          return texts;
        });
  }

  /** A text and a number from 1. */
  record Named(String text, int number) {}

  /** Two fields of a structure's elements. */
  List<Named> named(String variable, String text, String number) {
    return read(
        variable,
        file -> {
          Struct struct = file.getStruct(variable);
          List<Named> named = new ArrayList<>();
          for (int i = 0; i < struct.getNumElements(); i++) {
            named.add(
                new Named(
                    struct.getChar(text, i).getString(), number(struct.getMatrix(number, i), 0)));
          }
          return named;
        });
  }

  private static int number(Matrix matrix, int index) {
    double value = matrix.getDouble(index);
    if (value != Math.rint(value) || value < 1 || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(value + " is no number of a class or image");
    }
    return (int) value;
  }

  /** What the library does not find, or finds to be of another kind, it throws at us. */
  private <T> T read(String variable, Function<MatFile, T> reading) {
    try {
      return reading.apply(file);
    } catch (IllegalArgumentException | ClassCastException | IndexOutOfBoundsException e) {
      throw files.refused(
          name,
          "has no variable %s as published (%s); download it again"
              .formatted(variable, e.getMessage()));
    }
  }
}
