/** The pages' icons, drawn on a 24 × 24 grid with strokes of the text's colour. */
const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  mark: ["M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z", "M8 10.5l3 3 5-5.5"],
  send: ["M12 20V5", "M5.5 11.5L12 5l6.5 6.5"],
  restart: ["M4.5 12a7.5 7.5 0 1 0 2.4-5.5", "M4 4v4.5h4.5"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  back: ["M15 5l-7 7 7 7"],
  down: ["M12 5v14", "M6 13l6 6 6-6"],
  raise: ["M12 19V6", "M6 11l6-6 6 6"],
  lock: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"],
  phone: ["M6 3h3.5l1.7 4.6-2.3 1.6a12 12 0 0 0 5.9 5.9l1.6-2.3L21 14.5V18a3 3 0 0 1-3 3C10.3 21 3 13.7 3 6a3 3 0 0 1 3-3z"],
  download: ["M12 4v11", "M7 10.5l5 5 5-5", "M5 20h14"],
  print: ["M7 9V3.5h10V9", "M7 17H4V9h16v8h-3", "M7 14h10v6.5H7z"],
  alert: ["M12 3.5L22 20.5H2z", "M12 10v4.5", "M12 17.3v.2"],
  person: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M4.5 21a7.5 7.5 0 0 1 15 0"],
  bell: ["M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15z", "M10 21h4"],
  muted: ["M6 16.5V11a6 6 0 0 1 9.5-4.9", "M18 11v5.5l1.5 2h-13", "M10 21h4", "M4 4l16 16"],
  eye: ["M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z", "M12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"],
  settings: ["M4 8h9", "M17 8h3", "M15 5.5v5", "M4 16h3", "M11 16h9", "M9 13.5v5"],
  microphone: ["M12 3.5a3 3 0 0 0-3 3V11a3 3 0 0 0 6 0V6.5a3 3 0 0 0-3-3z", "M5.5 11a6.5 6.5 0 0 0 13 0", "M12 17.5V21"],
  sound: ["M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z", "M15.5 9a4.2 4.2 0 0 1 0 6", "M18 6.5a8 8 0 0 1 0 11"],
  stop: ["M7 7h10v10H7z"],
  keyboard: ["M3 6.5h18v11H3z", "M6.5 10h.2", "M10 10h.2", "M13.5 10h.2", "M17 10h.2", "M8 14h8"],
  minus: ["M6 12h12"],
  plus: ["M6 12h12", "M12 6v12"],
  book: ["M4 5.5c3-1.3 5.5-1.3 8 .5 2.5-1.8 5-1.8 8-.5V19c-3-1.3-5.5-1.3-8 .5-2.5-1.8-5-1.8-8-.5z", "M12 6v13.5"],
};

/** Return an icon as an SVG element that screen readers pass over. */
export function icon(name) {
  return drawing(PATHS[name]);
}

/** Return paths of the same grid as an icon. */
export function drawing(paths) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  picture.setAttribute("focusable", "false");
  for (const path of paths) {
    const stroke = document.createElementNS(SVG, "path");
    stroke.setAttribute("d", path);
    picture.append(stroke);
  }
  return picture;
}
