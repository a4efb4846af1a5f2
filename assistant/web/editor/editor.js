/** The editor's page: sign in, then the workshop. */
import "../workplace/texts.zh-CN.js";
import "./texts.zh-CN.js";
import { text } from "../texts.js";
import { signInForm } from "../workplace/sign_in.js";
import { EditorApi } from "./api.js";
import { Workshop } from "./workshop.js";

/** Roles whose page this is. */
const ROLES = ["editor", "approver"];

const api = new EditorApi();
const page = document.getElementById("page");

document.title = text("editor.title");
begin();

async function begin() {
  try {
    const account = await api.session();
    if (account) showWorkshop(account);
    else showSignIn();
  } catch {
    showSignIn(text("workplace.unreachable"));
  }
}

function showSignIn(reason = "") {
  document.title = text("editor.title");
  const form = signInForm(api, showWorkshop, reason, text("editor.sign_in_lead"));
  page.replaceChildren(form);
  form.querySelector("input").focus();
}

async function showWorkshop(account) {
  if (!ROLES.includes(account.role)) {
    await api.signOut().catch(() => null);
    showSignIn(text("editor.wrong_role"));
    return;
  }
  const workshop = new Workshop(api, account, showSignIn);
  page.replaceChildren(workshop.node);
  workshop.open();
}
