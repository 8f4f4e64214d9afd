// What a password's fields do while one types; without this the pages work as well. What the requirements are is the server's to say,
// and which of them can be seen to be met is known by the portal.

for (const input of document.querySelectorAll("input[type=password]")) {
	const show = document.createElement("button");
	show.type = "button";
	show.className = "show";
	show.setAttribute("aria-controls", input.id);
	const what = document.createElement("span");
	what.className = "visually-hidden";
	what.textContent = ` ${document.querySelector(`label[for="${input.id}"]`).textContent}`;
	const say = () => show.replaceChildren(input.type === "password" ? "Show" : "Hide", what);
	const turn = (type) => {
		input.type = type;
		say();
	};
	show.addEventListener("click", () => turn(input.type === "password" ? "text" : "password"));
	// What is kept or filled in by the browser is a password again.
	input.form.addEventListener("submit", () => turn("password"));
	const holder = document.createElement("span");
	holder.className = "password";
	input.replaceWith(holder);
	holder.append(input, show);
	if (input.hasAttribute("autofocus")) input.focus();
	say();
}

const typed = document.getElementById("newPassword");
if (typed) {
	const { isMet } = await import("/assets/profile/password-rules.js");
	const rules = [...document.querySelectorAll("#rules li")];
	typed.addEventListener("input", () => {
		for (const rule of rules) {
			const text = rule.querySelector(".rule");
			const met = isMet({ code: rule.dataset.rule, message: text.textContent }, typed.value);
			rule.classList.remove("unmet");
			rule.classList.toggle("met", met);
			const heard = document.createElement("span");
			heard.className = "visually-hidden";
			heard.textContent = met ? " (met)" : "";
			rule.replaceChildren(text, heard);
		}
	});
}
