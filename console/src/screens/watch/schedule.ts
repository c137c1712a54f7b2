// Times of the week as people write them, one on a line: "MON-FRI 08:00-16:00", "SAT,SUN SR-SS"; and the form (docs/formats.md, schedule).
import { t } from '../../lib/strings';

export interface Schedule {
  utc_offset_minutes: number;
  periods: { days: string[]; from: string; until: string }[];
}

const week = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
const most_periods = 14, most_offset = 14 * 60;
const time = '(\\d{2}:\\d{2}|BMCT|SR|SS|EMCT)';
const line_form = new RegExp(`^([A-Z,\\s-]+?)\\s+${time}\\s*-\\s*${time}$`);

function daysOf(text: string): string[] | undefined {
  const days: string[] = [];
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const [first, last, more] = part.split('-');
    const [from, to] = [week.indexOf(first!), week.indexOf(last ?? first!)];
    if (part === 'ANY') days.push('ANY');
    else if (more !== undefined || from < 0 || to < 0) return undefined;
    else for (let i = 0; i <= (to - from + 7) % 7; ++i) days.push(week[(from + i) % 7]!);
  }
  return days.length && new Set(days).size === days.length && (days.length === 1 || !days.includes('ANY')) ? days : undefined;
}

function isTime(text: string): boolean {
  const [hours, minutes] = text.split(':').map(Number);
  return minutes === undefined || (minutes < 60 && hours! * 60 + minutes <= 24 * 60);
}

// +02:00, -3, +0530 in minutes; NaN if it is none.
export function offsetOf(text: string): number {
  const found = /^([+-]?)(\d{1,2})(?::?(\d{2}))?$/.exec(text.trim().replace('−', '-'));
  if (!found) return NaN;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return minutes > most_offset || Number(found[3] ?? 0) > 59 ? NaN : found[1] === '-' ? -minutes || 0 : minutes;
}

export function offsetText(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

export type ReadSchedule = { schedule?: Schedule } | { wrong: string };

// Without a line there is none: it is there at all times.
export function readSchedule(text: string, offset: string): ReadSchedule {
  const lines = text.toUpperCase().replace(/[–−]/g, '-').split('\n').map((one) => one.trim()).filter(Boolean);
  if (!lines.length) return {};
  const utc_offset_minutes = offsetOf(offset);
  if (Number.isNaN(utc_offset_minutes)) return { wrong: t('site.schedule.offset.wrong') };
  if (lines.length > most_periods) return { wrong: t('site.schedule.many', { n: most_periods }) };
  const periods: Schedule['periods'] = [];
  for (const line of lines) {
    const found = line_form.exec(line);
    const days = found && daysOf(found[1]!);
    if (!days || !isTime(found[2]!) || !isTime(found[3]!)) return { wrong: t('site.schedule.wrong', { line }) };
    periods.push({ days, from: found[2]!, until: found[3]! });
  }
  return { schedule: { utc_offset_minutes, periods } };
}

function daysText(days: string[]): string {
  const at = days.map((day) => week.indexOf(day));
  const inRow = days.length > 2 && at.every((one, i) => one >= 0 && (i === 0 || one === at[i - 1]! + 1));
  return inRow ? `${days[0]}-${days.at(-1)}` : days.join(',');
}

export function scheduleText(schedule: Schedule | undefined): string {
  return schedule?.periods.map((one) => `${daysText(one.days)} ${one.from}-${one.until}`).join('\n') ?? '';
}
