/** Which accounts are chosen: one by one, by ranges, kept over pages and searches, or everything that matches. */
export class Selection {
	/** id → account */
	#chosen;
	/** The one that was chosen last, from which a range goes. */
	#last;
	/** However many pages there are. */
	all = false;

	/** @param {any[]} accounts that are chosen already */
	constructor(accounts = []) {
		this.#chosen = new Map(accounts.map((it) => [it.id, it]));
	}

	get accounts() {
		return [...this.#chosen.values()];
	}

	/** @param {number} matching how many accounts match */
	count(matching) {
		return this.all ? matching : this.#chosen.size;
	}

	has(user) {
		return this.all || this.#chosen.has(user.id);
	}

	/** @param {any[]} page the accounts of the page that is shown */
	hasPage(page) {
		return page.length > 0 && page.every((user) => this.#chosen.has(user.id));
	}

	/**
	 * Chooses an account, or does not any more. Of everything what is on the page stays chosen.
	 *
	 * @param {boolean} range whether all from the one that was chosen last become as that one is, if it is on the page
	 */
	toggle(user, page, range = false) {
		if (this.all) {
			this.clear();
			for (const it of page) this.#chosen.set(it.id, it);
		}
		const from = range ? page.findIndex((it) => it.id === this.#last) : -1;
		if (from >= 0) this.#fill(page, from, page.findIndex((it) => it.id === user.id));
		else if (!this.#chosen.delete(user.id)) this.#chosen.set(user.id, user);
		this.#last = user.id;
	}

	#fill(page, from, to) {
		const chosen = this.#chosen.has(page[from].id);
		this.choosePage(page.slice(Math.min(from, to), Math.max(from, to) + 1), chosen);
	}

	choosePage(page, chosen) {
		this.all = false;
		for (const user of page) {
			if (chosen) this.#chosen.set(user.id, user);
			else this.#chosen.delete(user.id);
		}
	}

	/** What was read anew takes the place of what was read before. */
	renew(users) {
		for (const user of users) if (this.#chosen.has(user.id)) this.#chosen.set(user.id, user);
	}

	drop(users) {
		for (const user of users) this.#chosen.delete(user.id);
	}

	clear() {
		this.#chosen.clear();
		this.all = false;
	}
}
