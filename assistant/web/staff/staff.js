/** The page of conversations. */
import "./texts.zh-CN.js";
import { Workplace } from "../workplace/workplace.js";
import { StaffApi } from "./api.js";
import { Desk } from "./desk.js";

new Workplace("conversations", new StaffApi(), Desk).begin();
