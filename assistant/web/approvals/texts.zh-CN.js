/** The words of the page of approvals, in Chinese. */
import { addTexts } from "../texts.js";

addTexts({
  "approvals.title": "（{count} 条待核实）{title}",
  "approvals.heading": "待核实的答复",
  "approvals.lead": "市民已收到“正在核实”的提示。{minutes} 分钟内没有人处理，系统会请市民转人工或看服务时间。查看会记入审计。",
  "approvals.empty": "现在没有要核实的答复。新的会自动出现在这里，页面标题会显示条数。",
  "approvals.off": "没有开启人工核实：答复都直接发给市民。由管理员在 data/approval.yml 里开启。",
  "approvals.question": "市民问",
  "approvals.answer": "智能助手的答复",
  "approvals.sources": "依据",
  "approvals.before": "之前说了什么",
  "approvals.passage": "问答和政策",
  "approvals.age": "已等 {waited}，还剩 {left}",
  "approvals.approve": "可以发出",
  "approvals.edit": "修改",
  "approvals.as_it_stood": "不改了",
  "approvals.send_edited": "改好，发出",
  "approvals.edit_label": "修改答复",
  "approvals.refuse": "不发，由我答复",
  "approvals.refuse_heading": "不发这条答复，由您接手？",
  "approvals.refuse_body": "对话会转到您名下，市民会看到您已接入；请马上答复。",
  "approvals.refuse_confirm": "接手对话",
  "approvals.refuse_cancel": "再看看",
  "approvals.sent": "已发给市民。",
  "approvals.taken": "已接手，请在“人工对话”里答复。",
  "approvals.overtaken": "这条答复已由其他同事处理，或者已经超时。您写的内容还在，可以复制。",
});
