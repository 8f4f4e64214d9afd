import { uniqueId } from "./element.js";
import { html, render } from "./html.js";

/**
 * Asks in a native modal dialog and resolves to the value of the button that was pressed, or to <code>undefined</code> after
 * Escape, or when its screen goes. The focus goes to the first button that is marked so, and back to where it was.
 *
 * @param {{title: string, body: unknown, buttons: {label: string, value: unknown, kind?: string, focus?: boolean}[],
 *     wide?: boolean, closable?: boolean, signal?: AbortSignal, onPress?: (value: unknown) => void,
 *     ready?: (close: (value?: unknown) => void) => void}} question signal: of the screen that asks, which
 *     must not be asked about when it is gone; onPress: instead of closing with the button's value
 */
export function ask({ title, body, buttons, wide = false, closable = true, signal, onPress, ready }) {
	if (signal?.aborted) return Promise.resolve(undefined);
	const dialog = document.createElement("dialog");
	const [heading, text] = [uniqueId("dialog-title"), uniqueId("dialog-text")];
	dialog.className = wide ? "dialog wide" : "dialog";
	dialog.setAttribute("aria-labelledby", heading);
	dialog.setAttribute("aria-describedby", text);
	const before = document.activeElement;
	return new Promise((resolve) => {
		let answer;
		const close = (value = undefined) => {
			answer = value;
			dialog.close();
		};
		render(html`
			<h2 id=${heading}>${title}</h2>
			<div class="dialog-body" id=${text}>${body}</div>
			<div class="dialog-buttons">
				${buttons.map((button) => html`
					<button type="button" class="button ${button.kind ?? ""}" ?autofocus=${button.focus}
						@click=${() => (onPress ? onPress(button.value) : close(button.value))}>${button.label}</button>`)}
			</div>`, dialog);
		document.body.append(dialog);
		dialog.addEventListener("cancel", (event) => {
			if (!closable) event.preventDefault();
		});
		dialog.addEventListener("close", () => {
			dialog.remove();
			if (before instanceof HTMLElement && before.isConnected) before.focus();
			resolve(answer);
		});
		signal?.addEventListener("abort", () => close());
		dialog.showModal();
		ready?.(close);
	});
}

/** @returns {Promise<boolean>} whether the action's own button was pressed */
export async function confirm({ title, body, action, kind = "primary", cancel = "Cancel", wide = false, signal = undefined }) {
	const answer = await ask({
		title, body, wide, signal,
		// Enter on what cannot be meant by accident alone.
		buttons: [{ label: action, value: true, kind, focus: kind !== "danger" }, { label: cancel, value: false, focus: kind === "danger" }],
	});
	return answer === true;
}

/** Tells something that the reader must have seen. */
export function tell({ title, body, wide = false, button = "Close", signal = undefined }) {
	return ask({ title, body, wide, signal, buttons: [{ label: button, value: true, kind: "primary", focus: true }] });
}
