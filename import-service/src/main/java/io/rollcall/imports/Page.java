package io.rollcall.imports;

import java.util.List;

/** One page of a list, counted from 0, and how long the whole list is. */
public record Page<T>(List<T> items, int page, int size, long totalItems) {}
