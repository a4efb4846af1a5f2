/** The staff's sign-in. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { Refused } from "../signed_in_api.js";

/**
 * Return the form; `signedIn(account)` hears of success, `reason` says why one must sign in again, `lead` what the page
 * is for.
 */
export function signInForm(api, signedIn, reason, lead) {
  const name = field("name", "text", "username");
  const password = field("password", "password", "current-password");
  const problem = element("p", { class: "problem", role: "alert" }, reason);
  const button = element("button", { class: "button primary", type: "submit" }, text("workplace.sign_in"));

  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    button.textContent = text("workplace.signing_in");
    problem.textContent = "";
    try {
      signedIn(await api.signIn(name.input.value.trim(), password.input.value));
    } catch (error) {
      problem.textContent = error instanceof Refused && error.message ? error.message : text("workplace.failed");
      button.disabled = false;
      button.textContent = text("workplace.sign_in");
      password.input.select();
    }
  }

  return element(
    "main",
    { class: "sign-in" },
    element(
      "form",
      { onsubmit: submit },
      element("span", { class: "seal" }, icon("mark")),
      element("h1", {}, text("workplace.sign_in_heading")),
      element("p", { class: "lead" }, lead),
      name.label,
      password.label,
      problem,
      button,
    ),
  );
}

function field(name, type, autocomplete) {
  const input = element("input", { name, type, autocomplete, required: true });
  return { input, label: element("label", {}, text(`workplace.${name}`), input) };
}
