package io.rollcall.imports.dispatch;

import io.rollcall.imports.OpenImport;

/** Records of one import to dispatch next, {@code from} to {@code to}, both included. */
record Slice(OpenImport of, int from, int to) {}
