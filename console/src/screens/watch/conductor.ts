// The one time of the screen. Live goes with the server's clock, fixed stands, replay runs from where it was put. All of it stands
// in the address: nothing is live, at= is fixed, at= with speed= is replay; span= is how many hours the timeline shows.

import { typedTime } from '../../lib/time';

export type Mode = 'live' | 'fixed' | 'replay';

export interface Conductor {
  mode: Mode;
  at_ms: number; // of fixed and replay
  speed: number; // seconds per second
  hours: number;
}

export const speeds = [1, 10, 60, 300, 1200];
export const spans_h = [2, 6, 12, 24, 72];

export function readConductor(query: Record<string, string>): Conductor {
  const at = Date.parse(query.at ?? '');
  const speed = Number(query.speed);
  const hours = spans_h.includes(Number(query.span)) ? Number(query.span) : 6;
  if (Number.isNaN(at)) return { mode: 'live', at_ms: 0, speed: 60, hours };
  return { mode: speeds.includes(speed) ? 'replay' : 'fixed', at_ms: at, speed: speeds.includes(speed) ? speed : 60, hours };
}

export function queryOf(one: Conductor): Record<string, string | null> {
  const at = one.mode === 'live' ? null : new Date(Math.round(one.at_ms / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  return { at, speed: one.mode === 'replay' ? String(one.speed) : null, span: one.hours === 6 ? null : String(one.hours) };
}

// The time that is shown, and the part of time around it that the timeline shows: a quarter behind, the rest ahead.
export function shownTime(one: Conductor, now: number, started: number): number {
  if (one.mode === 'live') return now;
  return one.mode === 'fixed' ? one.at_ms : one.at_ms + (now - started) * one.speed;
}

// Where it is sent by what is typed. What is replayed has been.
export function timeToGo(one: Conductor, typed: string, now: number): number {
  return typedTime(typed, now, one.mode === 'replay' ? 'gone' : 'coming');
}

export interface Window {
  from: number;
  until: number;
}

// Steps, so that the picture stands still while the line moves over it.
export function windowAround(at: number, hours: number): Window {
  const length = hours * 3_600_000;
  const step = length / 12;
  const from = Math.floor((at - length / 4) / step) * step;
  return { from, until: from + length };
}

export function placeIn(window: Window, at: number): number {
  return (at - window.from) / (window.until - window.from);
}

export function ticksOf(window: Window): number[] {
  const hours = (window.until - window.from) / 3_600_000;
  const step = (hours <= 2 ? 0.25 : hours <= 6 ? 1 : hours <= 12 ? 2 : hours <= 24 ? 4 : 12) * 3_600_000;
  const ticks: number[] = [];
  for (let at = Math.ceil(window.from / step) * step; at < window.until; at += step) ticks.push(at);
  return ticks;
}
