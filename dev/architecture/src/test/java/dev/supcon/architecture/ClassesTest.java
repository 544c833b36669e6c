package dev.supcon.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClassesTest {
  private static final Set<String> CLOCKS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.OffsetDateTime.now");

  private static final Set<String> DICE =
      Set.of(
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.security.SecureRandom.<init>",
          "java.util.Collections.shuffle");

  @Test
  void namesSaySomething() {
    classes()
        .should()
        .haveNameNotMatching(
            ".*\\.(Abstract[A-Z]\\w*|\\w*(Utils?|Helpers?|Manager|Impl|Base))(\\$.*)?")
        .andShould()
        .resideOutsideOfPackages("..util..", "..common..", "..impl..", "..model..", "..service..")
        .check(OurClasses.MAIN);
  }

  @Test
  void noClassOfOursIsAbstract() {
    classes()
        .that(describe("are classes", type -> !type.isInterface() && !type.isEnum()))
        .and(describe("are no constants of an enum", type -> !type.isAssignableTo(Enum.class)))
        .should()
        .notHaveModifier(JavaModifier.ABSTRACT)
        .check(OurClasses.MAIN);
  }

  @Test
  void classesAreFinal() {
    classes()
        .that(describe("are classes", type -> !type.isInterface() && !type.isAnonymousClass()))
        .and(describe("are no enums", type -> !type.isAssignableTo(Enum.class)))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(OurClasses.MAIN);
  }

  /** A test's fake counts; what one method asks for is given by lambdas. */
  @Test
  void anInterfaceHasTwoImplementations() {
    List<String> lonely =
        OurClasses.MAIN.stream()
            .filter(type -> type.isInterface() && !type.getSimpleName().equals("package-info"))
            .filter(type -> !asksForALambda(type))
            .filter(type -> implementations(type) < 2)
            .map(type -> type.getFullName() + ": " + implementations(type) + ", not 2 or more")
            .toList();

    assertThat(lonely).as("implementations of an interface").isEmpty();
  }

  private static boolean asksForALambda(JavaClass type) {
    return type.isAnnotatedWith(FunctionalInterface.class)
        || (type.isNestedClass()
            && type.getMethods().stream()
                    .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                    .count()
                == 1);
  }

  private static long implementations(JavaClass type) {
    return OurClasses.WITH_TESTS.get(type.getFullName()).getAllSubclasses().stream()
        .filter(found -> !found.isInterface())
        .count();
  }

  @Test
  void noStaticStateChanges() {
    fields().that().areStatic().should().beFinal().allowEmptyShould(true).check(OurClasses.MAIN);
  }

  /** A clock and a seed come in; what the user sees may ask the time. */
  @Test
  void nobodyAsksTheTimeOrThrowsDice() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.supcon.runner")
        .should()
        .accessTargetWhere(target(CLOCKS))
        .check(OurClasses.MAIN);
    noClasses().should().accessTargetWhere(target(DICE)).check(OurClasses.MAIN);
  }

  private static DescribedPredicate<JavaAccess<?>> target(Set<String> names) {
    return describe(
        "is one of " + names,
        access -> {
          AccessTarget target = access.getTarget();
          return names.contains(target.getOwner().getFullName() + "." + target.getName());
        });
  }
}
