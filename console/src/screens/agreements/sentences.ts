// What a clause does, in one plain sentence and some short terms, made of its members and of nothing else. The clause's own
// words stand beside it and are what was agreed; this says what the machine does because of them.
import { either, listed, wordOf } from '../../lib/say';
import { count, t } from '../../lib/strings';
import type { Agreement, Clause, Condition, Filter, Selector } from './forms';
import { areaText, cellText, day, durationText, grouped, metresText, secondsText } from './quantities';

export interface Effect {
  sentence: string;
  terms: string[];
}

// ---- who, what, when -------------------------------------------------------------------------------------------------

type Where = 'first' | 'inside';

export function selectorText(selector: Selector | undefined, where: Where = 'inside'): string {
  const word = (name: 'each' | 'others' | 'nobody') => t(where === 'first' ? `who.${name}.first` : `who.${name}`);
  if (selector === 'each' || selector === 'others') return word(selector);
  if (Array.isArray(selector)) return selector.length === 0 ? word('nobody') : listed(selector);
  if (selector && typeof selector === 'object') return t('who.seats', { organ: selector.seats });
  return selector ?? word('nobody');
}

const areMany = (selector: Selector | undefined) =>
  selector === 'others' || (Array.isArray(selector) && selector.length > 1);

export function markingText(marking: string): string {
  return 'TLP:' + marking.toUpperCase().replace('_', '+');
}

function plural(type: string): string {
  const text = type.replace(/-/g, ' ');
  if (/(s|x)$/.test(text)) return text;
  return /[^aeiou]y$/.test(text) ? text.slice(0, -1) + 'ies' : text + 's';
}

const quoted = (text: string) => t('say.quoted', { text });

function marks(filter: Filter): string {
  if (filter.marking_max) {
    const marking = markingText(filter.marking_max);
    return t(filter.unmarked === 'allow' ? 'what.marked.allow' : 'what.marked', { marking });
  }
  return filter.unmarked ? t(filter.unmarked === 'allow' ? 'what.unmarked.allow' : 'what.unmarked.deny') : '';
}

// `all` is how no limit is said: a grant gives everything, a prohibition forbids anything.
export function filterText(filter: Filter | undefined, all = t('what.everything')): string {
  if (!filter || Object.keys(filter).length === 0) return all;
  const parts: string[] = [];
  if (filter.object_ids) parts.push(count('what.objects.one', 'what.objects.many', filter.object_ids.length));
  if (filter.types) parts.push(listed(filter.types.map(plural)));
  else if (parts.length === 0) parts.push(all);
  if (filter.labels_any) parts.push(t('what.labels', { labels: either(filter.labels_any.map(quoted)) }));
  if (filter.labels_all) parts.push(t('what.labels', { labels: listed(filter.labels_all.map(quoted)) }));
  parts.push(marks(filter));
  if (filter.area) parts.push(t('what.within', { area: areaText(filter.area.polygon) }));
  if (filter.valid_within) {
    const { from, until } = filter.valid_within;
    parts.push(t('what.valid', { from: day(from), until: day(until) }));
  }
  return parts.filter((part) => part !== '').join(t('say.comma'));
}

export function conditionText(condition: Condition): string {
  if (condition.date) return day(condition.date);
  if (condition.in_force) return t('if.in_force', { agreement: condition.in_force });
  if (condition.adopted) return t('if.adopted', { agreement: condition.adopted });
  if (condition.all_of) return listed(condition.all_of.map(conditionText));
  if (condition.any_of) return either(condition.any_of.map(conditionText));
  const consents = condition.consents;
  if (consents === 'all') return t('if.all');
  if (typeof consents === 'number') return t('if.n', { n: consents });
  if (!Array.isArray(consents)) return t('if.unknown');
  return t(consents.length === 1 ? 'if.parties.one' : 'if.parties.many', { parties: listed(consents) });
}

// ---- by type ---------------------------------------------------------------------------------------------------------

function fieldTerms(clause: Clause): string[] {
  const some = clause.fields && clause.fields !== 'all' ? clause.fields.only : null;
  const terms = [some ? t('term.only', { fields: listed(some) }) : t('term.whole')];
  if (clause.precision?.location) terms.push(t('term.grid', { length: metresText(clause.precision.location.grid_m) }));
  if (clause.precision?.time) terms.push(t('term.round', { time: secondsText(clause.precision.time.round_s) }));
  return terms;
}

function grant(clause: Clause): Effect {
  const terms = fieldTerms(clause);
  terms.push(t(clause.attribution === 'centre' ? 'term.centre' : 'term.named'));
  const delay = clause.delay ?? 'PT0S';
  terms.push(delay === 'PT0S' || delay === 'P0D' ? t('term.at_once') : t('term.later', { time: durationText(delay) }));
  terms.push(wordOf('term.onward', clause.onward ?? 'none'));
  if (clause.retention) terms.push(t('term.kept', { time: durationText(clause.retention) }));
  if (clause.recall) terms.push(wordOf('term.recall', clause.recall));
  const [from, to, what] = [selectorText(clause.from, 'first'), selectorText(clause.to), filterText(clause.items)];
  return { sentence: t(areMany(clause.from) ? 'clause.gives.many' : 'clause.gives.one', { from, to, what }), terms };
}

function prohibit(clause: Clause): Effect {
  const some = clause.fields && clause.fields !== 'all' ? clause.fields.only : null;
  const everywhere = clause.scope === 'between_participants';
  const what = filterText(clause.items, t(everywhere ? 'what.anything.at_all' : 'what.anything'));
  const said = { from: selectorText(clause.from), to: selectorText(clause.to), what };
  return {
    sentence: t(everywhere ? 'clause.forbids.between_participants' : 'clause.forbids.this_agreement', said),
    terms: some ? [t('term.only', { fields: listed(some) })] : [],
  };
}

function nearness(clause: Clause): string[] {
  const terms: string[] = [];
  const apart = clause.separation;
  if (apart) {
    const horizontal = metresText(apart.horizontal_m);
    const flat = apart.vertical_m === 0 && apart.time_s === 0;
    const rest = { vertical: metresText(apart.vertical_m), time: secondsText(apart.time_s) };
    terms.push(flat ? t('term.nearer.place', { horizontal }) : t('term.nearer', { horizontal, ...rest }));
  }
  if (clause.area) terms.push(t('term.inside', { area: areaText(clause.area.polygon) }));
  const grid = clause.grid;
  if (grid) {
    const [cell, altitude] = [cellText(grid.cell_e7), metresText(grid.altitude_m)];
    terms.push(t('term.on_grid', { cell, altitude, time: secondsText(grid.time_s) }));
  } else if (grid === null) {
    terms.push(t('term.exact'));
  }
  return terms;
}

function calling(clause: Clause): string[] {
  const terms: string[] = [];
  if (clause.contact) terms.push(t('term.call', { line: clause.contact }));
  if (clause.evaluations_per_day) terms.push(t('term.budget', { n: grouped(clause.evaluations_per_day) }));
  return terms;
}

const leadText = (lead: string) =>
  lead === 'PT0S' ? t('term.no_lead') : t('term.lead', { time: durationText(lead) });

function deconflict(clause: Clause): Effect {
  const [a, b] = [selectorText(clause.between?.[0]), selectorText(clause.between?.[1])];
  const level = clause.level ?? '';
  const told = (one: string) => wordOf('clause.level', one);
  const sentence = Array.isArray(level)
    ? t('clause.apart.two', { a, b, first: told(level[0]), second: told(level[1]) })
    : t('clause.apart', { a, b, told: told(level) });
  const terms = nearness(clause);
  if (clause.states) terms.push(t('term.states', { states: either(clause.states) }));
  if (clause.lead_time) terms.push(leadText(clause.lead_time));
  return { sentence, terms: [...terms, ...calling(clause)] };
}

function notify(clause: Clause): Effect {
  const about = clause.about ?? '';
  const known = about === 'intent' || about === 'contingent' || about === 'site';
  const said = { from: selectorText(clause.from, 'first'), to: selectorText(clause.to) };
  const number = areMany(clause.from) ? 'many' : 'one';
  const terms: string[] = [];
  if (clause.lead_time && about === 'intent') terms.push(leadText(clause.lead_time));
  terms.push(...nearness(clause));
  if (clause.acknowledge_within) terms.push(t('term.answered', { time: durationText(clause.acknowledge_within) }));
  if (clause.read_back) terms.push(t('term.read_back'));
  if (clause.escalate_every) terms.push(t('term.escalates', { time: durationText(clause.escalate_every) }));
  const sentence = known ? t(`clause.announces.${about}.${number}`, said) : t('clause.unknown');
  return { sentence, terms: [...terms, ...calling(clause)] };
}

function contact(clause: Clause): Effect {
  const terms: string[] = [];
  if (clause.test_every) terms.push(t('term.tested', { time: durationText(clause.test_every) }));
  if (clause.overdue_after) terms.push(t('term.overdue', { time: durationText(clause.overdue_after) }));
  const [a, b] = [selectorText(clause.ends?.[0], 'first'), selectorText(clause.ends?.[1])];
  return { sentence: t('clause.line', { a, b, languages: either(clause.languages ?? []) }), terms };
}

const byType: Record<string, (clause: Clause) => Effect> = {
  grant,
  prohibit,
  deconflict,
  notify,
  contact,
  text: () => ({ sentence: t('clause.words'), terms: [] }),
};

// With the terms that every clause has, and what the text around it says of it.
export function effectOf(clause: Clause, agreement: Agreement | null = null): Effect {
  const of = Object.hasOwn(byType, clause.type) ? byType[clause.type] : undefined;
  const effect = of?.(clause) ?? { sentence: t('clause.unknown'), terms: [] };
  if (clause.applies_from) effect.terms.push(t('term.from', { when: conditionText(clause.applies_from) }));
  if (clause.applies_until) effect.terms.push(t('term.until', { when: conditionText(clause.applies_until) }));
  if (clause.humanitarian) effect.terms.push(t('term.humanitarian'));
  else if (agreement?.suspension?.non_suspendable.includes(clause.id)) effect.terms.push(t('term.non_suspendable'));
  if (agreement?.survival?.includes(clause.id)) effect.terms.push(t('term.survives'));
  return effect;
}

// A row of a grant diff: the same terms, and between whom is said by the row itself.
export function effectOfRow(row: object, from: string, to: string[]): Effect {
  const clause = { ...row, id: '', text: '', from: [from], to, between: [[from], to], ends: [[from], to] };
  return effectOf(clause as unknown as Clause);
}
