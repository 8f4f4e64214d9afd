package io.rollcall.user.row;

import io.rollcall.testing.Backend;

/** The same on MongoDB itself, where there is an engine for it. */
class RowServiceOnContainersTests extends RowServiceTests {
	@Override
	Backend backend() {
		return Backend.CONTAINERS;
	}
}
