package org.webrtc4j.architecture;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public types of the published modules, as their users see them: from the module descriptors of the class path. */
final class PublicTypes {

    private PublicTypes() {}

    /** The named modules of the project on the class path of this test, built folders and jars alike. */
    static Collection<ModuleReference> modules() {
        TreeMap<String, ModuleReference> modules = new TreeMap<>();
        for (Path entry : classPath()) {
            for (ModuleReference module : ModuleFinder.of(entry).findAll()) {
                boolean ours = module.descriptor().name().startsWith("org.webrtc4j")
                        && !module.descriptor().isAutomatic();
                if (ours) {
                    modules.put(module.descriptor().name(), module);
                }
            }
        }
        return modules.values();
    }

    /** Everything of the class path that can stand on a module path: main classes only. */
    static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.toFile().exists() && !entry.endsWith("test-classes"))
                .toList();
    }

    /** Public types in packages exported to everybody, nested ones as {@code Outer.Inner}, sorted. */
    static List<String> of(ModuleReference module) throws IOException, ClassNotFoundException {
        Set<String> exported = module.descriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        List<String> types = new ArrayList<>();
        try (var reader = module.open();
                Stream<String> names = reader.list()) {
            for (String name : names.filter(file -> file.endsWith(".class")).toList()) {
                String type =
                        name.substring(0, name.length() - ".class".length()).replace('/', '.');
                if (!type.contains(".") || type.endsWith("package-info")) {
                    continue;
                }
                Class<?> loaded = Class.forName(type, false, PublicTypes.class.getClassLoader());
                if (exported.contains(loaded.getPackageName()) && isPublic(loaded)) {
                    types.add(loaded.getCanonicalName());
                }
            }
        }
        types.sort(null);
        return types;
    }

    private static boolean isPublic(Class<?> type) {
        boolean visible = Modifier.isPublic(type.getModifiers()) || Modifier.isProtected(type.getModifiers());
        Class<?> outer = type.getDeclaringClass();
        boolean named = !type.isAnonymousClass() && !type.isLocalClass();
        return visible && named && (outer == null || isPublic(outer));
    }
}
