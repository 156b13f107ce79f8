// Dates, durations and counts as text. Times are Unix seconds; `now` comes in, so that the practice
// clock and tests can set it.

import { language, t } from './texts.svelte';

/** A date with time: `2026/11/22 09:12`, `22 Nov 2026, 09:12`. */
export function dateTime(at: number): string {
  return language() === 'ja' ? `${date(at)} ${time(at)}` : `${date(at)}, ${time(at)}`;
}

/** A date: `2026/11/22`, `22 Nov 2026`. */
export function date(at: number): string {
  const day = new Date(at * 1000);
  if (language() === 'ja') {
    return `${day.getFullYear()}/${two(day.getMonth() + 1)}/${two(day.getDate())}`;
  }
  const month = new Intl.DateTimeFormat('en-US', { month: 'short' }).format(day);
  return `${day.getDate()} ${month} ${day.getFullYear()}`;
}

/** A day of these months: `11/22`, `22 Nov`. */
export function day(at: number): string {
  const full = new Date(at * 1000);
  if (language() === 'ja') return `${full.getMonth() + 1}/${full.getDate()}`;
  const month = new Intl.DateTimeFormat('en-US', { month: 'short' }).format(full);
  return `${full.getDate()} ${month}`;
}

/** A day that is the same wherever one is, given as `2026-12-31`. */
export function calendarDay(iso: string): string {
  const [year = 0, month = 1, dayOfMonth = 1] = iso.split('-').map(Number);
  return date(new Date(year, month - 1, dayOfMonth).getTime() / 1000);
}

/** The time of day: `09:12`. */
export function time(at: number): string {
  const moment = new Date(at * 1000);
  return `${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** As short as it stays clear: the time today and yesterday, otherwise the date with time. */
export function when(at: number, now: number): string {
  const days = dayNumber(now) - dayNumber(at);
  if (days === 0) return t('time-today', { time: time(at) });
  if (days === 1) return t('time-yesterday', { time: time(at) });
  return dateTime(at);
}

/** A duration: milliseconds below one second, else seconds with one digit. */
export function duration(ms: number): string {
  if (ms < 1000) return t('time-ms', { ms: Math.round(ms) });
  return t('time-seconds', { seconds: (ms / 1000).toFixed(1) });
}

/** The time left as `9:41`; never below zero. */
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds));
  return `${Math.floor(left / 60)}:${two(left % 60)}`;
}

/** The lines of a text that lists one thing a line, without numbers it may carry. */
export function lines(text: string | null): string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim().replace(/^(\d+[.)．、]|[-・*])\s*/u, ''))
    .filter((line) => line !== '' && line !== '-');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Counts calendar days in the computer's own time zone. */
function dayNumber(at: number): number {
  const day = new Date(at * 1000);
  return Math.round(Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()) / 86_400_000);
}
