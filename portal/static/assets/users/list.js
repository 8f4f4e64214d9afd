/** Where the list of users was left, with its search, filters and page: back from a user, one goes on there. */
export const list = { address: "/users" };
