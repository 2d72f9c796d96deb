/* Who people are, for the shop and its pages. */

/** Viewers see the console, operators run the sale, owners also manage people. Each may do everything that those before it may. */
export const staffRoles = ['viewer', 'operator', 'owner'] as const;
export type StaffRole = (typeof staffRoles)[number];
export type Role = 'customer' | StaffRole;

/** Where a person signs in: the shop's page or the console. Each has its own cookies, sessions and tokens. */
export const doors = ['customer', 'operator'] as const;
export type Door = (typeof doors)[number];

/** The cookie that tells the page that there is a session to refresh, and has no other use. */
export const hintCookies: Record<Door, string> = {
  customer: 'flipzon-signed-in',
  operator: 'flipzon-operator-in',
};
