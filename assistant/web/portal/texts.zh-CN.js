/** The words of the demonstration page. */
import { addTexts } from "../texts.js";

addTexts({
  "portal.title": "云汀市政务服务 · 问办",
  "portal.city": "云汀市政务服务",
  "portal.site": "演示站点",
  "portal.staff": "工作人员入口",
  "portal.skip": "跳到对话",
  "portal.notice": "演示模式：身份与办件均为虚构",
  "portal.notice_more": "本页城市、人物、证件号码和办理结果都不是真的，请不要填写您本人的信息。",
  "portal.heading_one": "想办什么事，",
  "portal.heading_two": "直接说。",
  "portal.lead": "不用找栏目，不用懂政策用语。说一句话，就告诉您带什么、去哪办、多久好；能网上办的，当场替您递上去。",
  "portal.start": "开始提问",
  "portal.identity": "以谁的身份试用",
  "portal.identity_none": "不登录",
  "portal.identity_hint": "换身份会开始一段新对话。",
  "portal.examples": "试着这样问",
  "portal.examples_ask": "问清楚",
  "portal.examples_do": "当场办",
  "portal.examples_track": "查进度",
  "portal.promise_source": "句句有出处",
  "portal.promise_source_more": "答案只取自办事指南，来源和核对日期随时可看。",
  "portal.promise_privacy": "隐私先遮盖",
  "portal.promise_privacy_more": "证件号、手机号在处理前就已隐藏并加密保存。",
  "portal.promise_person": "听不懂就找人",
  "portal.promise_person_more": "两次没听懂，就请工作人员接着为您服务。",
  "portal.footer": "问办是开源的政务服务对话助手。本页仅作演示，不办理真实事项。",
  "portal.continue_failed": "这个二维码已经用过或过期了，请在自助机上换一个新的再扫。",
  "portal.continue_not_asked": "网络没有接通，请连上后刷新这个页面，不用再扫一次。",
  "portal.urgent": "遇到紧急情况请直接拨打 110、119、120。",
});

/** Questions the demonstration page offers, by group. */
export const EXAMPLES = {
  ask: ["身份证丢了怎么补办", "居住证要多久能办好", "新生儿上户口要带什么"],
  do: ["我想申请办理有无犯罪证明", "生育津贴怎么领"],
  track: ["我的证明办好了吗"],
};
