package dev.supcon.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled classes of every module. */
final class OurClasses {
  private static final String ROOT = "dev.supcon.";

  /** What ships. */
  static final JavaClasses MAIN = load("target/classes");

  /** What ships, and the tests of it. */
  static final JavaClasses WITH_TESTS = load("target/classes", "target/test-classes");

  private OurClasses() {}

  /** Modules with code that ships, from this module's folder. */
  static List<Path> modules() {
    return Stream.of("steps/contract", "steps/services", "steps/runner", "operator")
        .map(Path.of("../..")::resolve)
        .toList();
  }

  private static JavaClasses load(String... folders) {
    List<Path> paths =
        modules().stream()
            .flatMap(module -> Stream.of(folders).map(module::resolve))
            .filter(Files::isDirectory)
            .toList();
    return new ClassFileImporter().importPaths(paths);
  }

  /** The package below ours, such as {@code runner.data}. */
  static String place(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
  }

  static boolean ours(JavaClass type) {
    return type.getPackageName().startsWith(ROOT);
  }
}
