import { counted } from "../ui/dates.js";
import { confirmed, daysLeft } from "./confirmations.js";

/** @param {import("./confirmations.js").Confirmation} confirmation @returns {string} "37 of 250 confirmed, 12 days left" */
export function howFar(confirmation) {
	const figures = confirmation.progress;
	if (figures.accounts === 0) return `Nobody to confirm, ${until(confirmation)}`;
	return `${confirmed(figures).toLocaleString("en-US")} of ${figures.accounts.toLocaleString("en-US")} confirmed, ${until(confirmation)}`;
}

function until(confirmation) {
	switch (confirmation.status) {
		case "open": return `${counted(daysLeft(confirmation), "day")} left`;
		case "over": return "the deadline has passed";
		default: return "closed";
	}
}
