/** The settings, loaded when somebody opens them. */
import { showSettings } from "./widget/settings/settings_dialog.js";

export default showSettings;
