package io.rollcall.acceptance.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** Puts the {@link CrashPoint}s into a service as it loads its classes. */
public final class CrashAgent {
	private static final List<Class<?>> CLASSES = List.of(CrashAgent.class, Transformer.class, Calls.class,
			CrashPoint.class,
			CrashPoint.Side.class, CrashPoints.class);

	private CrashAgent() {}

	/** @param folder where the points write, and read where to halt */
	public static void premain(String folder, Instrumentation instrumentation) {
		System.setProperty(CrashPoints.FOLDER, folder);
		instrumentation.addTransformer(new Transformer());
	}

	private static final class Transformer implements ClassFileTransformer {
		@Override
		public byte @Nullable [] transform(@Nullable ClassLoader loader, String name, @Nullable Class<?> redefined,
				ProtectionDomain domain, byte[] bytes) {
			return loader != null && Stream.of(CrashPoint.values()).anyMatch(point -> point.type().equals(name))
					? withPoints(name, bytes, loader)
					: null;
		}
	}

	/**
	 * The class, which halts where its points are reached.
	 *
	 * @throws IllegalStateException unless the method of a point has the one call that it is at
	 */
	static byte[] withPoints(String type, byte[] bytes, ClassLoader loader) {
		ClassFile classes = ClassFile
				.of(ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
						.orElse(ClassHierarchyResolver.defaultResolver())));
		byte[] changed = bytes;
		for (CrashPoint point : CrashPoint.values()) {
			if (!point.type().equals(type)) continue;
			var calls = new Calls(point);
			changed = classes.transformClass(classes.parse(changed), ClassTransform.transformingMethodBodies(
					method -> method.methodName().equalsString(point.method()), calls));
			if (calls.met != 1) {
				throw new IllegalStateException(
						"%s calls %s %d times".formatted(point.method(), point.called(), calls.met));
			}
		}
		return changed;
	}

	private static final class Calls implements CodeTransform {
		private final CrashPoint point;
		private int met;

		Calls(CrashPoint point) {
			this.point = point;
		}

		@Override
		public void accept(CodeBuilder code, CodeElement element) {
			boolean here = element instanceof InvokeInstruction call
					&& call.name().equalsString(point.called());
			if (here) met++;
			if (here && point.side() == CrashPoint.Side.BEFORE) pass(code);
			code.with(element);
			if (here && point.side() == CrashPoint.Side.AFTER) pass(code);
		}

		private void pass(CodeBuilder code) {
			code.loadConstant(point.id()).invokestatic(ClassDesc.of(CrashPoints.class.getName()), "pass",
					MethodTypeDesc.ofDescriptor("(Ljava/lang/String;)V"));
		}
	}

	/** Writes the agent's jar, and returns the option that starts a JVM with it. */
	public static String option(Path jar, Path folder) {
		var manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().putValue("Premain-Class", CrashAgent.class.getName());
		try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
			for (Class<?> type : CLASSES) {
				String entry = type.getName().replace('.', '/') + ".class";
				out.putNextEntry(new JarEntry(entry));
				try (InputStream in = CrashAgent.class.getClassLoader().getResourceAsStream(entry)) {
					if (in == null) throw new IllegalStateException(entry + " is missing");
					in.transferTo(out);
				}
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return "-javaagent:" + jar + "=" + folder;
	}
}
