// Due dates as an iCalendar file (RFC 5545): whole days, lines of at most 75 octets.
export interface CalendarEntry {
  id: string
  // `YYYY-MM-DD`
  day: string
  title: string
  url: string
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n')
}

// A longer line goes on in the next one, behind a space.
function folded(line: string): string {
  const encoder = new TextEncoder()
  let out = ''
  let length = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (length + size > 75) {
      out += '\r\n '
      length = 1
    }
    out += character
    length += size
  }
  return out
}

export function calendarFile(entries: CalendarEntry[]): Blob {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const lines = entries.flatMap((entry) => [
    'BEGIN:VEVENT',
    `UID:${entry.id.replace(/\//g, '.')}@gongkai`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${entry.day.replace(/-/g, '')}`,
    `SUMMARY:${escaped(entry.title)}`,
    `URL:${entry.url}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ])
  const all = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Gongkai//Console//ZH', ...lines, 'END:VCALENDAR']
  return new Blob([all.map(folded).join('\r\n') + '\r\n'], { type: 'text/calendar;charset=utf-8' })
}
