// How numbers are written, with their units, in one language.
// Must not know: what they count.

import type { Language } from '../../session/preferences.ts'

export type Figures = {
  /** 12,000 */
  count: (value: number) => string
  /** 2.4 M; 2.4 百万 is nobody's habit, so both languages write M. */
  short: (value: number) => string
  /** 9.6 MB, in powers of 1000. */
  bytes: (value: number) => string
  /** 12 % */
  percent: (share: number) => string
  /** 0.89 %, where a small share counts. */
  share: (share: number) => string
  /** Four significant digits: a loss, a rate. */
  precise: (value: number) => string
  /** 0:42, 12:05, 1:02:03 */
  time: (seconds: number) => string
  /** 27 Nov 2026, 14:05, in the person's own time zone; of an ISO 8601 moment. */
  moment: (iso: string) => string
}

export function figuresIn(language: Language): Figures {
  const locale = language === 'zh' ? 'zh-CN' : 'en'
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const oneDigit = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const significant = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 })
  const twoSignificant = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 })
  const moment = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' })
  const scaled = (value: number, units: readonly string[]) => {
    let rest = value
    let unit = 0
    while (rest >= 999.5 && unit < units.length - 1) {
      rest /= 1000
      unit += 1
    }
    const digits = rest < 10 && unit > 0 ? oneDigit : rest < 100 && unit > 0 ? oneDigit : count
    return `${digits.format(rest)} ${units[unit] ?? ''}`.trimEnd()
  }
  return {
    count: (value) => count.format(value),
    short: (value) => scaled(value, ['', 'k', 'M', 'B']),
    bytes: (value) => scaled(value, ['B', 'kB', 'MB', 'GB', 'TB']),
    percent: (share) => `${count.format(share * 100)}${language === 'zh' ? '' : ' '}%`,
    share: (share) => `${twoSignificant.format(share * 100)}${language === 'zh' ? '' : ' '}%`,
    precise: (value) => (value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(2) : significant.format(value)),
    moment: (iso) => (Number.isNaN(Date.parse(iso)) ? '–' : moment.format(new Date(iso))),
    time: (seconds) => {
      const whole = Math.max(0, Math.round(seconds))
      const pad = (part: number) => String(part).padStart(2, '0')
      const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
      return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`
    },
  }
}
