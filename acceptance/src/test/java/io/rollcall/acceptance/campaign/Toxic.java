package io.rollcall.acceptance.campaign;

/** What can be wrong with a network. */
enum Toxic {
	/** All is well. */
	NONE,
	/** Each piece takes a second longer. */
	LATENCY,
	/** What was connected is closed, and so is whatever connects. */
	CUT,
	/** Connections are taken and stay, nothing comes through. It comes through when the network is well again. */
	STALL,
	/** A few hundred bytes a second. */
	SLOW,
	/** Connections are reset, the present ones at once and new ones with the first bytes. */
	RESET,
	/** As a firewall that has forgotten: connections of before are dead for ever and nobody is told; nothing comes through. */
	BLACK_HOLE
}
