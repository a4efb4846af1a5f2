/**
 * The staff's pages, in the order of the masthead, each with the roles whose page it is. `badge` is the address that
 * tells {count}: how much waits there that is late.
 */
export const PAGES = [
  { name: "conversations", address: "/staff", roles: ["clerk", "supervisor"] },
  {
    name: "applications",
    address: "/staff/applications",
    roles: ["clerk", "supervisor"],
    badge: "/api/staff/applications/attention",
  },
  { name: "approvals", address: "/staff/approvals", roles: ["clerk", "supervisor"] },
  { name: "drafts", address: "/staff/drafts", roles: ["clerk", "supervisor"] },
  { name: "follow_ups", address: "/staff/follow-ups", roles: ["supervisor"], badge: "/api/staff/follow-ups/overdue" },
  { name: "audit", address: "/staff/audit", roles: ["auditor"] },
  { name: "figures", address: "/staff/figures", roles: ["supervisor", "auditor"] },
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
