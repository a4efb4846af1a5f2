/** The words that the staff's pages share, in Chinese. */
import { addTexts } from "../texts.js";

addTexts({
  "workplace.sign_in": "登录",
  "workplace.sign_in_heading": "工作人员登录",
  "workplace.name": "账号",
  "workplace.password": "密码",
  "workplace.signing_in": "正在登录…",
  "workplace.sign_out": "退出登录",
  "workplace.unreachable": "连不上服务器，正在重试",
  "workplace.session_over": "登录已过期，请重新登录。",
  "workplace.failed": "没有成功，请再试一次。",
  "workplace.menu": "工作页面",
  "workplace.title": "{page} · 问办",
  "workplace.loading": "正在读取…",
  "workplace.refresh": "刷新",
  "workplace.lead_conversations": "接手智能助手转来的对话，答复市民。",
  "workplace.page_conversations": "人工对话",
  "workplace.page_applications": "办件",
  "workplace.lead_applications": "受理和审批市民提交的申请。",
  "workplace.pressing": "{count} 件到期或超期",
  "workplace.role_clerk": "窗口人员",
  "workplace.role_supervisor": "主管",
  "workplace.role_auditor": "审计员",
  "workplace.no_page": "您的账号没有可用的工作页面，请联系管理员。",
});
