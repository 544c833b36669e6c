package dev.supcon.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackagesTest {

  @Test
  void everyPackageStandsInTheTable() {
    assertThat(OurClasses.MAIN.stream().map(OurClasses::place).distinct())
        .as("packages that the table of packages does not know")
        .allMatch(PackageTable::knows);
  }

  @Test
  void aPackageUsesOnlyWhatTheTableAllows() {
    TreeSet<String> wrong = new TreeSet<>();
    for (JavaClass type : OurClasses.MAIN) {
      String place = OurClasses.place(type);
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(OurClasses::ours)
          .filter(target -> !OurClasses.place(target).equals(place))
          .filter(target -> !PackageTable.mayUse(place).contains(OurClasses.place(target)))
          .forEach(target -> wrong.add(type.getFullName() + " uses " + target.getFullName()));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.supcon.(**)").should().beFreeOfCycles().check(OurClasses.MAIN);
  }

  /** A library is known where the table puts its purpose, and nowhere else. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ai.djl..,                 runner.torchscript runner.network runner.loss runner.optim runner.train runner.probe runner.checkpoint runner.pretrain runner.linear runner.corruption runner.transfer runner.bench runner
          io.fabric8.kubernetes..,  operator.api operator.config operator.observe operator.decide operator.render operator.status operator.reconcile operator.mirror
          io.opentelemetry..,       operator.trace operator.reconcile
          io.minio..,               services.store
          okhttp3..,                services.store
          org.mlflow..,             services.track
          picocli..,                runner runner.bench
          org.yaml..,               runner.local
          org.apache.commons.compress.., runner.data
          org.erdtman..,            contract.plan
          """)
  void aLibraryStaysWhereItsPurposeIs(String library, String places) {
    String[] allowed =
        List.of(places.split(" ")).stream().map("dev.supcon."::concat).toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(OurClasses.MAIN);
  }

  @Test
  void theVocabularyKnowsNoFramework() {
    classes()
        .that()
        .resideInAPackage("dev.supcon.contract.spec")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.supcon.contract.spec",
            "java.lang..",
            "java.math",
            "java.util..",
            "com.fasterxml.jackson.annotation",
            "io.fabric8.generator.annotation",
            "org.jspecify.annotations")
        .check(OurClasses.MAIN);
  }

  @Test
  void theContractDoesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage("dev.supcon.contract..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.net..")
        .check(OurClasses.MAIN);
  }
}
