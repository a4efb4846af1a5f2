/**
 * The staff's pages, in the order of the masthead, each with the roles whose page it is; `count` is where one asks how
 * much on a page presses, {count}.
 */
export const PAGES = [
  { name: "conversations", address: "/staff", roles: ["clerk", "supervisor"] },
  {
    name: "applications",
    address: "/staff/applications",
    roles: ["clerk", "supervisor"],
    count: "/api/staff/applications/attention",
  },
];

/** Where a role works when it has none of these pages. */
const ELSEWHERE = { editor: "/editor", approver: "/editor" };

/** Return the pages of a role. */
export function pagesOf(role) {
  return PAGES.filter(({ roles }) => roles.includes(role));
}

/** Return the address at which a role begins; undefined for a role without pages. */
export function firstAddress(role) {
  return pagesOf(role)[0]?.address ?? ELSEWHERE[role];
}
