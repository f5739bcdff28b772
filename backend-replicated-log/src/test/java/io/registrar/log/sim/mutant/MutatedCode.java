package io.registrar.log.sim.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles the core's files that a mutant edits, in memory, and loads the core and the simulator
 * anew around them. So production code holds no switch for any mutant, and a mutant may break any
 * line of it.
 */
final class MutatedCode extends ClassLoader {
  private static final Path CORE = Path.of("src/main/java/io/registrar/log/paxos");
  private static final Path SHELL = Path.of("src/test/java/io/registrar/log");

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** One for all, never closed: most of a compilation is to read what is on the class path. */
  private static final JavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

  private static final List<String> OPTIONS =
      List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));

  private final Map<String, byte[]> compiled;

  private MutatedCode(Map<String, byte[]> compiled) {
    super(MutatedCode.class.getClassLoader());
    this.compiled = compiled;
  }

  /**
   * The class of that name, with everything of {@code io.registrar.log} that it uses loaded apart
   * from the true code.
   */
  static Class<?> load(Mutant mutant, String className) {
    try {
      return Class.forName(className, true, new MutatedCode(compile(mutant)));
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(mutant.name() + " cannot be built", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("io.registrar.log.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = compiled.get(name);
    if (bytes == null) {
      try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        bytes = in.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private static Map<String, byte[]> compile(Mutant mutant) throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Mutant.Edit edit : mutant.edits()) {
      String source = sources.get(edit.file());
      if (source == null) {
        source = Files.readString(pathOf(edit.file()));
      }
      sources.put(edit.file(), edit.applyTo(source, mutant.name()));
    }
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((file, text) -> units.add(new Source(file, text)));
    StringWriter said = new StringWriter();
    Output output = new Output(FILES);
    if (!COMPILER.getTask(said, output, null, OPTIONS, null, units).call()) {
      throw new IllegalStateException(mutant.name() + " does not compile:\n" + said);
    }
    return output.classes();
  }

  /**
   * A file of the core by its name; one of the simulator's shell (its disk, its process) as {@code
   * sim/Disk.java}.
   */
  private static Path pathOf(String file) {
    return file.contains("/") ? SHELL.resolve(file) : CORE.resolve(file);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String file, String text) {
      super(
          URI.create("string:///io/registrar/log/" + (file.contains("/") ? file : "paxos/" + file)),
          Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

    Output(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        FileObject sibling)
        throws IOException {
      if (location != StandardLocation.CLASS_OUTPUT) {
        return super.getJavaFileForOutput(location, className, kind, sibling);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      written.put(className, bytes);
      return new SimpleJavaFileObject(
          URI.create("mem:///" + className.replace('.', '/') + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new LinkedHashMap<>();
      written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }
  }
}
