/** The icons that only a kiosk needs, beside those of all pages. */
import { drawing, icon } from "../icons.js";

const PATHS = {
  card: ["M3 5.5h18v13H3z", "M8.5 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z", "M5.5 15.5c.6-1.6 1.6-2.3 3-2.3s2.4.7 3 2.3", "M14.5 9.5H18", "M14.5 13.5H18"],
  done: ["M4.5 12.5l5 5 10-11"],
  erase: ["M8.5 5.5H21v13H8.5L2.5 12z", "M11.5 9.5l5 5", "M16.5 9.5l-5 5"],
  leave: ["M13 4H5v16h8", "M10 12h11", "M17 8l4 4-4 4"],
  mobile: ["M7 2.5h10v19H7z", "M11 18.5h2"],
  hidden: ["M4 4l16 16", "M9.9 5.8A9.6 9.6 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-2.7 3.5", "M6.2 7.6A16.5 16.5 0 0 0 2.5 12s3.5 6.5 9.5 6.5a9.6 9.6 0 0 0 4-.9"],
};

/** Return an icon, the kiosk's own or one of all pages. */
export function pictured(name) {
  return PATHS[name] ? drawing(PATHS[name]) : icon(name);
}
