/** The page of follow-ups. */
import "../staff/texts.zh-CN.js";
import "./texts.zh-CN.js";
import { Workplace } from "../workplace/workplace.js";
import { FollowUpsApi } from "./api.js";
import { FollowUps } from "./desk.js";

new Workplace("follow_ups", new FollowUpsApi(), FollowUps).begin();
