/** The assistant's face in traditional characters. */
export const TEXTS = {
  // The assistant
  "assistant.name": "問辦",
  "assistant.title": "問辦智慧助理",
  "assistant.open": "開啟問辦智慧助理",
  "assistant.close": "關閉",
  "assistant.restart": "重新開始",
  "assistant.typing": "正在為您查詢",
  "assistant.jump": "有新訊息",
  "assistant.loading": "連線中…",
  "assistant.demo": "示範",
  "identity.signed_in": "已登入：{name}",
  "identity.demo": "示範身分：{name}",
  "identity.none": "未登入",
  "assistant.log": "對話紀錄",
  "log.scroller": "對話內容，可上下捲動",
  "log.earlier": "看前面說過的話",

  "composer.label": "您想辦什麼事",
  "composer.placeholder": "說說您想辦的事",
  "composer.placeholder.simple": "想辦什麼事？寫在這裡",
  "composer.placeholder_staff": "給工作人員留言",
  "composer.send": "傳送",
  "composer.hint": "按 Enter 傳送，Shift + Enter 換行",
  "composer.count": "{count} / {limit} 字",
  "composer.over": "超出 {over} 字，請精簡後再傳送",

  "speaker.citizen": "您說：",
  "speaker.assistant": "問辦回覆：",
  "speaker.staff": "工作人員{name}：",
  "speaker.system": "提示：",
  "masked.value": "{kind}已隱藏",
  "choices.label": "可以直接選",

  "message.offline": "網路斷線了，沒有傳出去；恢復後會自動重新傳送",
  "message.too_many": "傳得有點快，請稍等幾秒再傳",
  "message.refused": "這則訊息沒有被接收，請修改後再傳",
  "message.retry": "重新傳送",
  "message.discard": "刪除",

  "source.summary": "來源 · {count} 處",
  "source.field": "內容",
  "source.origin": "來源",
  "source.checked": "核對日期",
  "source.unchecked": "尚未核對",
  "source.sample_origin": "範例資料",
  "source.sample": "範例指南，以當地辦事指南為準",
  "source.guide": "《{name}》辦事指南",
  "source.rephrased": "由語言模型改寫",
  "source.plain": "指南原文",

  "urgent.heading": "緊急情況，請馬上打電話",
  "urgent.call": "撥打 {number}",

  "handoff.queued": "正在排隊等候工作人員",
  "handoff.position": "排隊中，前面還有 {ahead} 位",
  "handoff.next": "排隊中，下一位就是您",
  "handoff.minutes": "，大約 {minutes} 分鐘",
  "handoff.leave": "不等了",
  "handoff.message": "改為留言",
  "handoff.with_person": "工作人員{name}正在為您服務",
  "handoff.joined": "工作人員{name}已加入對話",
  "handoff.typing": "工作人員{name}正在輸入",
  "handoff.read": "已讀",
  "handoff.left": "工作人員已結束服務，接下來由智慧助理繼續",

  "approval.waiting": "工作人員核實中",

  "rating.before_restart": "感謝使用。願意的話，請先在上面評價這次服務。",

  "connection.poor": "網路不穩，正在重新連線；您寫的內容不會遺失",
  "connection.offline": "網路斷線了；您寫的內容先存著，連上後自動送出",
  "connection.expired": "這次對話已經結束，請重新開始",
  "start.failed": "暫時無法連線，請檢查網路後再試",
  "start.busy": "目前使用的人較多，請過一會兒再試",
  "start.retry": "再試一次",
  "part.failed": "這部分沒有載入，請檢查網路後再試",
  "error.retry": "把剛才的話再傳一次",

  "restart.heading": "重新開始對話？",
  "restart.body": "頁面上的對話紀錄會清空；已經送出的案件不受影響。",
  "restart.confirm": "重新開始",
  "restart.cancel": "繼續目前對話",

  // Settings
  "settings.open": "設定：字級、語言、長輩模式",

  // Speaking
  "speech.open": "用語音說",
  "speech.label": "語音",
  "speech.read": "朗讀這條回覆",
  "speech.check": "請看一看：對就傳送，不對可以改",

  // What is said for the citizen: the assistant understands simplified Chinese
  "say.leave": "不等了",
  "say.message": "改为留言",
};
