/** The staff page: sign in, then the desk. */
import { text } from "../texts.js";
import { StaffApi } from "./api.js";
import { Desk } from "./desk.js";
import { signInForm } from "./sign_in.js";

/** Roles whose page is another one. */
const EDITING = ["editor", "approver"];

const api = new StaffApi();
const page = document.getElementById("page");

document.title = text("staff.title");
begin();

async function begin() {
  try {
    const account = await api.session();
    if (account) showDesk(account);
    else showSignIn();
  } catch {
    showSignIn(text("staff.unreachable"));
  }
}

function showSignIn(reason = "") {
  document.title = text("staff.title");
  const form = signInForm(api, showDesk, reason);
  page.replaceChildren(form);
  form.querySelector("input").focus();
}

function showDesk(account) {
  if (EDITING.includes(account.role)) {
    location.replace("/editor");
    return;
  }
  const desk = new Desk(api, account, showSignIn);
  page.replaceChildren(desk.node);
  desk.open();
}
