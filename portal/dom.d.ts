// What a selector finds is what it says: its word is taken.
interface ParentNode {
	querySelector(selectors: string): any;
	querySelectorAll(selectors: string): NodeListOf<any>;
}

interface Element {
	closest(selectors: string): any;
}
