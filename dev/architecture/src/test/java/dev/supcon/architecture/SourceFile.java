package dev.supcon.architecture;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the budgets measure of one source file.
 *
 * @param ownImports of our classes that it imports, or imports constants of
 * @param broadCatches caught types that catch more than one can act on
 */
record SourceFile(
    Path path, int lines, int ownImports, List<Method> methods, List<String> broadCatches) {

  /**
   * A method or constructor.
   *
   * @param lines between its braces
   * @param parameters none where they are a record's components
   */
  record Method(String name, int lines, int parameters) {}

  /** Every source file that ships. */
  static List<SourceFile> all() throws IOException {
    List<Path> paths = new ArrayList<>();
    for (Path module : OurClasses.modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(paths::add);
      }
    }
    return parse(paths);
  }

  static List<SourceFile> parse(List<Path> paths) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(paths));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<SourceFile> found = new ArrayList<>();
      task.parse().forEach(unit -> found.add(measure(unit, positions)));
      return found;
    }
  }

  private static SourceFile measure(CompilationUnitTree unit, SourcePositions positions) {
    Path path = Path.of(unit.getSourceFile().toUri()).toAbsolutePath().normalize();
    Path root = Path.of("../..").toAbsolutePath().normalize();
    long ownImports =
        unit.getImports().stream()
            .map(SourceFile::importedClass)
            .filter(name -> name.startsWith("dev.supcon."))
            .distinct()
            .count();
    Measure measure = new Measure(unit, positions);
    measure.scan(unit, null);
    return new SourceFile(
        path.startsWith(root) ? root.relativize(path) : path,
        lines(path),
        (int) ownImports,
        measure.methods,
        measure.broadCatches);
  }

  private static String importedClass(ImportTree use) {
    String name = use.getQualifiedIdentifier().toString();
    return use.isStatic() ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  private static int lines(Path path) {
    try (Stream<String> lines = Files.lines(path)) {
      return (int) lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Measure extends TreeScanner<@Nullable Void, @Nullable ClassTree> {
    private final List<Method> methods = new ArrayList<>();
    private final List<String> broadCatches = new ArrayList<>();
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    Measure(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable ClassTree owner) {
      return super.visitClass(type, type);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable ClassTree owner) {
      boolean components =
          owner != null && owner.getKind() == Tree.Kind.RECORD && method.getReturnType() == null;
      if (method.getBody() != null) {
        methods.add(
            new Method(
                String.valueOf(method.getName()),
                linesBetweenBraces(method.getBody()),
                components ? 0 : method.getParameters().size()));
      }
      return super.visitMethod(method, owner);
    }

    @Override
    public @Nullable Void visitCatch(CatchTree caught, @Nullable ClassTree owner) {
      String type = caught.getParameter().getType().toString();
      if (List.of("Exception", "RuntimeException", "Throwable", "Error").contains(type)) {
        broadCatches.add(type);
      }
      return super.visitCatch(caught, owner);
    }

    private int linesBetweenBraces(Tree body) {
      LineMap lines = unit.getLineMap();
      long first = lines.getLineNumber(positions.getStartPosition(unit, body));
      long last = lines.getLineNumber(positions.getEndPosition(unit, body));
      return (int) Math.max(1, last - first - 1);
    }
  }
}
