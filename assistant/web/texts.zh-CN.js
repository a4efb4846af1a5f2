/** Every Chinese text of the assistant's face, by key; {named} fields are filled in. */
export const TEXTS = {
  // The assistant
  "assistant.name": "问办",
  "assistant.title": "问办智能助手",
  "assistant.open": "打开问办智能助手",
  "assistant.close": "关闭",
  "assistant.restart": "重新开始",
  "assistant.typing": "正在为您查找",
  "assistant.jump": "有新消息",
  "assistant.loading": "正在接通…",
  "assistant.demo": "演示",
  "identity.signed_in": "已登录：{name}",
  "identity.demo": "演示身份：{name}",
  "identity.none": "未登录",
  "assistant.log": "对话记录",
  "log.scroller": "对话内容，可上下滚动",
  "log.earlier": "看前面说过的话",

  "composer.label": "您想办什么事",
  "composer.placeholder": "说说您想办的事",
  "composer.placeholder.simple": "想办什么事？写在这里",
  "composer.placeholder_staff": "给工作人员留言",
  "composer.send": "发送",
  "composer.hint": "按 Enter 发送，Shift + Enter 换行",
  "composer.count": "{count} / {limit} 字",
  "composer.over": "超出 {over} 字，请精简后再发送",

  "speaker.citizen": "您说：",
  "speaker.assistant": "问办回复：",
  "speaker.staff": "工作人员{name}：",
  "speaker.system": "提示：",
  "masked.value": "{kind}已隐藏",
  "choices.label": "可以直接选",

  "message.offline": "网络断开了，没有发出去；恢复后会自动重发",
  "message.too_many": "发得有点快，请稍等几秒再发",
  "message.refused": "这条消息没有被接收，请修改后再发",
  "message.retry": "重新发送",
  "message.discard": "删除",

  "source.summary": "来源 · {count} 处",
  "source.field": "内容",
  "source.origin": "来源",
  "source.checked": "核对日期",
  "source.unchecked": "尚未核对",
  "source.sample_origin": "示例数据",
  "source.sample": "示例指南，以本地办事指南为准",
  "source.guide": "《{name}》办事指南",
  "source.rephrased": "由语言模型改写",
  "source.plain": "指南原文",

  "urgent.heading": "紧急情况，请马上打电话",
  "urgent.call": "拨打 {number}",

  "handoff.queued": "正在排队等候工作人员",
  "handoff.position": "排队中，前面还有 {ahead} 位",
  "handoff.next": "排队中，下一位就是您",
  "handoff.minutes": "，大约 {minutes} 分钟",
  "handoff.leave": "不等了",
  "handoff.message": "改为留言",
  "handoff.with_person": "工作人员{name}正在为您服务",
  "handoff.joined": "工作人员{name}已接入",
  "handoff.typing": "工作人员{name}正在输入",
  "handoff.read": "已读",
  "handoff.left": "工作人员已结束服务，接下来由智能助手继续",

  "approval.waiting": "工作人员核实中",

  "rating.before_restart": "感谢使用。愿意的话，请先在上面评价这次服务。",

  "connection.poor": "网络不稳，正在重新连接；您写的内容不会丢",
  "connection.offline": "网络断开了；您写的内容先存着，连上后自动发出",
  "connection.expired": "这次对话已经结束，请重新开始",
  "start.failed": "暂时接不通，请检查网络后再试",
  "start.busy": "现在访问的人较多，请过一会儿再试",
  "start.retry": "再试一次",
  "part.failed": "这部分没有加载出来，请检查网络后再试",
  "error.retry": "把刚才的话再发一次",

  "restart.heading": "重新开始对话？",
  "restart.body": "页面上的对话记录会清空；已经提交的办件不受影响。",
  "restart.confirm": "重新开始",
  "restart.cancel": "继续当前对话",

  // Settings
  "settings.open": "设置：字号、语言、长辈模式",

  // Speaking
  "speech.open": "用语音说",
  "speech.label": "语音",
  "speech.read": "朗读这条回复",
  "speech.check": "请看一看：对就发送，不对可以改",

  // What is said for the citizen: the assistant understands simplified Chinese
  "say.leave": "不等了",
  "say.message": "改为留言",
};
