/** The page of answers that wait for a yes. */
import "../drafts/texts.zh-CN.js";
import "../staff/texts.zh-CN.js";
import "./texts.zh-CN.js";
import { Workplace } from "../workplace/workplace.js";
import { ApprovalsApi } from "./api.js";
import { ApprovalsPage } from "./approvals_page.js";

new Workplace("approvals", new ApprovalsApi(), ApprovalsPage).begin();
