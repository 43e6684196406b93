// The kinds of due rules, as a form offers them.
export const dueKinds: [string, string, string][] = [
  ['FIXED', '固定日期', 'on a date'],
  ['RECURRING', '定期', 'recurring'],
  ['ONGOING', '长期坚持（按季评估）', 'ongoing, judged by quarter'],
  ['RELATIVE', '事件发生后', 'after an event'],
  ['UNSTATED', '未写明（按年底计）', 'not stated: end of the year'],
]
export const cadences: [string, string, string][] = [
  ['MONTHLY', '每月', 'monthly'],
  ['QUARTERLY', '每季度', 'quarterly'],
  ['HALF_YEARLY', '每半年', 'half-yearly'],
  ['YEARLY', '每年', 'yearly'],
]
export const unitRoles: [string, string, string][] = [
  ['LEAD', '牵头', 'lead'],
  ['RESPONSIBLE', '负责', 'responsible'],
  ['SUPPORTING', '配合', 'supporting'],
]
