/** lit-html, from one place: the library's own path stands here alone. */

export { live } from "/webjars/lit-html/directives/live.js";
export { repeat } from "/webjars/lit-html/directives/repeat.js";
export { html, nothing, render, svg } from "/webjars/lit-html/lit-html.js";
