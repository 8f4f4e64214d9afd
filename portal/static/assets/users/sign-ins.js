/** How an account's sign-in at the Portal stands, by the names that the interface filters by: each account has one of them. */
export const SIGN_INS = {
	done: "Signed in",
	waiting: "Not signed in yet",
	lapsing: "Password ends within a day",
	lapsed: "Password has ended",
};
