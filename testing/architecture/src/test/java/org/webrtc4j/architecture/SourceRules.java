package org.webrtc4j.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What byte code does not show, as sentences with file and line. */
final class SourceRules {

    /** A file may have so many lines; a longer one is split, tables apart. */
    static final int MAX_LINES = 600;

    // Put together here, so that the rules do not find themselves.
    private static final Pattern UNFINISHED = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|X" + "XX)\\b");
    private static final Pattern SLEEPING =
            Pattern.compile("\\b(Thread|TimeUnit(\\.[A-Z]+)?)\\s*\\.\\s*" + "sleep\\s*\\(");

    private SourceRules() {}

    static List<String> unfinished(String file, List<String> lines) {
        return matches(UNFINISHED, file, lines, "is not finished");
    }

    static List<String> sleeping(String file, List<String> lines) {
        return matches(SLEEPING, file, lines, "sleeps; wait for an event instead");
    }

    static List<String> tooLong(String file, List<String> lines) {
        return lines.size() > MAX_LINES
                ? List.of(file + ":" + lines.size() + " has more than " + MAX_LINES + " lines")
                : List.of();
    }

    /** Synchronized blocks; methods are found in byte code. Real files only: the compiler's parser reads them. */
    static List<String> synchronizedBlocks(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            return synchronizedBlocks(compiler, manager, manager.getJavaFileObjectsFromPaths(files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> synchronizedBlocks(
            JavaCompiler compiler,
            @Nullable StandardJavaFileManager manager,
            Iterable<? extends JavaFileObject> sources)
            throws IOException {
        JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, sources);
        Trees trees = Trees.instance(task);
        List<String> found = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitSynchronized(SynchronizedTree block, @Nullable Void nothing) {
                    long position = trees.getSourcePositions().getStartPosition(unit, block);
                    found.add(unit.getSourceFile().getName() + ":"
                            + unit.getLineMap().getLineNumber(position) + " is a synchronized block");
                    return super.visitSynchronized(block, null);
                }
            }.scan(unit, null);
        }
        return found;
    }

    private static List<String> matches(Pattern pattern, String file, List<String> lines, String what) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).find()) {
                found.add(
                        file + ":" + (i + 1) + " " + what + ": " + lines.get(i).strip());
            }
        }
        return found;
    }
}
