/** The page of drafts for questions by phone and letter, and of how drafts are used. */
import "../staff/texts.zh-CN.js";
import "./texts.zh-CN.js";
import { SignedInApi } from "../signed_in_api.js";
import { Workplace } from "../workplace/workplace.js";
import { DraftsPage } from "./drafts_page.js";

new Workplace("drafts", new SignedInApi(), DraftsPage).begin();
