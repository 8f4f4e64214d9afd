/** Which accounts are chosen: one by one, kept over pages and searches, or everything that matches, for the export alone. */
export class Selection {
	/** id → account */
	#chosen = new Map();
	/** However many pages there are. */
	all = false;

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

	/** Chooses an account, or does not any more. Of everything what is on the page stays chosen. */
	toggle(user, page) {
		if (this.all) {
			this.clear();
			for (const it of page) this.#chosen.set(it.id, it);
		}
		if (!this.#chosen.delete(user.id)) this.#chosen.set(user.id, user);
	}

	choosePage(page, chosen) {
		this.all = false;
		for (const user of page) {
			if (chosen) this.#chosen.set(user.id, user);
			else this.#chosen.delete(user.id);
		}
	}

	drop(users) {
		for (const user of users) this.#chosen.delete(user.id);
	}

	clear() {
		this.#chosen.clear();
		this.all = false;
	}
}
