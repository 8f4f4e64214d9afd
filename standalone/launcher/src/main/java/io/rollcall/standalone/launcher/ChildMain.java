package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The first main() of every JVM that the launcher starts; the second is named by the first argument. It ties the JVM's
 * life to the launcher's: standard input is a pipe that the operating system closes when the launcher is gone, however
 * it went.
 */
public final class ChildMain {
	private static final Duration GRACE = Duration.ofSeconds(20);

	private ChildMain() {}

	public static void main(String[] arguments) throws Throwable {
		// Ctrl-C reaches every process of a terminal; the launcher alone acts on it and stops us in its order.
		Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
		Thread.ofPlatform().daemon().name("launcher-watch").start(ChildMain::exitWhenTheLauncherIsGone);
		try {
			var main = Class.forName(arguments[0]).getDeclaredMethod("main", String[].class);
			main.setAccessible(true); // since Java 25 it need not be public
			main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
		} catch (InvocationTargetException e) {
			throw e.getCause() == null ? e : e.getCause();
		}
	}

	private static void exitWhenTheLauncherIsGone() {
		try {
			while (System.in.read() >= 0) {
				// nothing is ever sent
			}
		} catch (IOException _) {
			// the same as the end of the stream
		}
		Thread.ofPlatform().daemon().name("launcher-watch-grace").start(() -> {
			try {
				Thread.sleep(GRACE);
			} catch (InterruptedException _) {
				// then at once
			}
			Runtime.getRuntime().halt(1);
		});
		System.exit(143); // as after SIGTERM: shutdown hooks run
	}
}
