/** Return an ISO time as the trail tells it: on China's clock, to the second. */
export function moment(at) {
  return new Date(at).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" });
}
