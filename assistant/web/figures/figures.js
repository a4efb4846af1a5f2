/** The supervisor's page of figures. */
import "./texts.zh-CN.js";
import { Workplace } from "../workplace/workplace.js";
import { FiguresApi } from "./api.js";
import { FiguresView } from "./figures_view.js";

new Workplace("figures", new FiguresApi(), FiguresView).begin();
