/** The page of applications. */
import "./texts.zh-CN.js";
import { Workplace } from "../workplace/workplace.js";
import { ApplicationsApi } from "./api.js";
import { Desk } from "./desk.js";

new Workplace("applications", new ApplicationsApi(), Desk).begin();
