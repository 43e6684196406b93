// How a unit was reminded.
export const channels: [string, string, string][] = [
  ['IN_SYSTEM', '系统内消息', 'in this system'],
  ['PHONE', '电话', 'phone'],
  ['MESSENGER', '政务即时通讯', 'messenger'],
  ['SMS', '短信', 'SMS'],
  ['EMAIL', '电子邮件', 'e-mail'],
  ['LETTER', '书面', 'letter'],
]
