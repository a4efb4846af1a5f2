/** The page of the audit trail. */
import "./texts.zh-CN.js";
import { Workplace } from "../workplace/workplace.js";
import { AuditApi } from "./api.js";
import { AuditView } from "./audit_view.js";

new Workplace("audit", new AuditApi(), AuditView).begin();
