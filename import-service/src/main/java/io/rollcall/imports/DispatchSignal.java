package io.rollcall.imports;

import java.util.Collection;

/** Told at once when an import of this instance has come in or moved on; what is never told is found by polling. */
public interface DispatchSignal {
	void changed(Collection<OpenImport> imports);
}
