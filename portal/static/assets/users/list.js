/** Where one works through accounts: the list of users with its search, filters and page, or another. Back from a user, one goes on there. */
export const list = { address: "/users", title: "Users" };
