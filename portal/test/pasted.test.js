import assert from "node:assert/strict";
import { test } from "node:test";
import { addressesIn } from "../static/assets/users/pasted.js";

test("a column of addresses is taken apart, however it was copied", () => {
	const both = ["ana@x.example", "Bo@y.example"];
	for (const text of [
		"ana@x.example\r\nBo@y.example\r\n",
		"ana@x.example; Bo@y.example",
		'Ana Lee <ana@x.example>, "Bo" <Bo@y.example>',
		"ana@x.example\tAna\nBo@y.example\tBo\nANA@x.example\tAna",
	]) {
		assert.deepEqual(
			addressesIn(text)?.map((it) => it.toLowerCase()),
			both.map((it) => it.toLowerCase()),
			text,
		);
	}
	assert.deepEqual(addressesIn("lee.ana\nbo.1"), ["lee.ana", "bo.1"]);
});

test("what is no column of addresses is searched as it is", () => {
	for (const text of ["", "Lee, Ana", "ana@x.example", "Ana Lee\nBo Li", "lee.ana"]) assert.equal(addressesIn(text), undefined, text);
});
