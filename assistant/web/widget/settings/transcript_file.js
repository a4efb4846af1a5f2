/** What was said, as a text file that is made in the browser. */
import { save } from "../cards/documents.js";
import { text } from "../kit.js";

const SPEAKERS = {
  message: () => text("speaker.citizen"),
  reply: () => text("speaker.assistant"),
  "application-issued": () => text("speaker.assistant"),
  "agent-message": (payload) => text("speaker.staff", payload),
};
const BYTE_ORDER_MARK = "\ufeff"; // older Windows editors take the file for another encoding without it

/** Save the events of a conversation that hold words, oldest first, each with its time. */
export function saveTranscript(events) {
  const lines = events.flatMap(({ type, at, payload }) =>
    SPEAKERS[type] && payload.text ? [`[${time(at)}] ${SPEAKERS[type](payload)}\n${payload.text}\n${receipt(payload)}`] : [],
  );
  const content = [BYTE_ORDER_MARK + text("transcript.heading"), ...lines].join("\n");
  save(new Blob([content], { type: "text/plain;charset=utf-8" }), `${text("transcript.name")}.txt`);
}

function time(at) {
  return new Date(at).toLocaleString([], { dateStyle: "short", timeStyle: "short" });
}

function receipt({ application, receipt_number: issued }) {
  const number = issued ?? application?.receipt_number;
  if (number) return `${text("application.receipt")} ${number}\n`;
  const kept = application?.provisional_number;
  return kept ? `${text("application.provisional")} ${kept}\n` : "";
}
