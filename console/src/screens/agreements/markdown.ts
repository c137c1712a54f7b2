// Markdown of agreement texts, to a fixed subset: headings, paragraphs, lists, quotations, code, rules, emphasis, links as text.
//
// What comes out is a tree of plain values that elements are made of: no HTML is read and none is written, images are
// their words, an address is shown and leads nowhere (25-isolation F4, G13). Any input gives a tree, in time that grows with its
// length: what nests deeper than a few levels is text. It is no CommonMark: what it does not know stays as it is written.
import { inert } from '../../lib/inert';

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; of: Inline[] }
  | { kind: 'em'; of: Inline[] }
  | { kind: 'link'; of: Inline[]; to: string };

export type Block =
  | { kind: 'heading'; level: number; of: Inline[] }
  | { kind: 'paragraph'; of: Inline[] }
  | { kind: 'quote'; of: Block[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Block[][] }
  | { kind: 'code'; text: string }
  | { kind: 'rule' };

const deepest = 6;

// ---- inline ----------------------------------------------------------------------------------------------------------

// Where each mark is found next, remembered where it is found no more: so a text full of openings is read once.
class Ends {
  private readonly none = new Set<string>();
  constructor(private readonly text: string) {}
  after(mark: string, at: number): number {
    if (this.none.has(mark)) return -1;
    const found = this.text.indexOf(mark, at);
    if (found < 0) this.none.add(mark);
    return found;
  }
}

interface Taken {
  inline: Inline;
  end: number;
}

function emphasised(text: string, at: number, ends: Ends, depth: number): Taken | null {
  const mark = text[at]!;
  const isStrong = text[at + 1] === mark;
  const width = isStrong ? 2 : 1;
  if (/\s/.test(text[at + width] ?? ' ')) return null;
  if (mark === '_' && /\w/.test(text[at - 1] ?? ' ')) return null; // snake_case is a word
  const end = ends.after(isStrong ? mark + mark : mark, at + width + 1);
  if (end < 0 || /\s/.test(text[end - 1] ?? ' ')) return null;
  if (mark === '_' && /\w/.test(text[end + width] ?? ' ')) return null;
  const of = inlines(text.slice(at + width, end), depth + 1);
  return { inline: { kind: isStrong ? 'strong' : 'em', of }, end: end + width };
}

function coded(text: string, at: number, ends: Ends): Taken | null {
  const width = /^`+/.exec(text.slice(at, at + 4))![0].length;
  const end = ends.after('`'.repeat(width), at + width);
  if (end < 0) return null;
  return { inline: { kind: 'code', text: text.slice(at + width, end) }, end: end + width };
}

function linked(text: string, at: number, ends: Ends, depth: number): Taken | null {
  const middle = ends.after('](', at);
  const end = middle < 0 ? -1 : ends.after(')', middle);
  if (end < 0) return null;
  const of = inlines(text.slice(at + 1, middle), depth + 1);
  return { inline: { kind: 'link', of, to: text.slice(middle + 2, end).trim() }, end: end + 1 };
}

function special(text: string, at: number, ends: Ends, depth: number): Taken | null {
  const letter = text[at];
  if (letter === '*' || letter === '_') return emphasised(text, at, ends, depth);
  if (letter === '`') return coded(text, at, ends);
  if (letter === '!' && text[at + 1] === '[') return linked(text, at + 1, ends, depth);
  if (letter === '[') return linked(text, at, ends, depth);
  if (letter === '\\' && /[\\`*_[\]()#+\-.!>]/.test(text[at + 1] ?? ''))
    return { inline: { kind: 'text', text: text[at + 1] ?? '' }, end: at + 2 };
  return null;
}

export function inlines(text: string, depth = 0): Inline[] {
  if (depth >= deepest) return text === '' ? [] : [{ kind: 'text', text: inert(text) }];
  const out: Inline[] = [];
  const ends = new Ends(text);
  let plain = '';
  const flush = () => {
    if (plain !== '') out.push({ kind: 'text', text: inert(plain) });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const taken = special(text, at, ends, depth);
    if (!taken) {
      plain += text[at++];
      continue;
    }
    at = taken.end;
    if (taken.inline.kind === 'text') {
      plain += taken.inline.text;
      continue;
    }
    flush();
    out.push(cleaned(taken.inline));
  }
  flush();
  return out;
}

function cleaned(inline: Inline): Inline {
  if (inline.kind === 'code') return { ...inline, text: inert(inline.text) };
  return inline.kind === 'link' ? { ...inline, to: inert(inline.to) } : inline;
}

// ---- blocks ----------------------------------------------------------------------------------------------------------

const heading = /^(#{1,6})\s+(.*?)\s*#*\s*$/;
const item = /^( {0,3})([-*+]|\d{1,9}[.)])\s+(.*)$/;
const rule = /^ {0,3}([-*_])( *\1){2,} *$/;
const quoted = /^ {0,3}> ?/;
const fence = /^ {0,3}(```+|~~~+)(.*)$/;

class Lines {
  at = 0;
  constructor(readonly all: string[]) {}
  get line(): string {
    return this.all[this.at] ?? '';
  }
  get isOver(): boolean {
    return this.at >= this.all.length;
  }
  takeWhile(holds: (line: string) => boolean): string[] {
    const from = this.at;
    while (!this.isOver && holds(this.line)) ++this.at;
    return this.all.slice(from, this.at);
  }
}

const isBlank = (line: string) => line.trim() === '';
const begins = (line: string) =>
  heading.test(line) || item.test(line) || rule.test(line) || quoted.test(line) || fence.test(line);

// What is said behind the opening is no word of the text for most readers; here it stays to be read.
function code(lines: Lines): Block {
  const [, mark, info] = fence.exec(lines.line)!;
  ++lines.at;
  const text = lines.takeWhile((line) => line.trim() !== mark);
  ++lines.at; // its end, or that of the text
  return { kind: 'code', text: inert([...(info!.trim() ? [info!.trim()] : []), ...text].join('\n')) };
}

function list(lines: Lines, depth: number): Block {
  const first = item.exec(lines.line)!;
  const ordered = /\d/.test(first[2]!);
  const items: Block[][] = [];
  while (!lines.isOver) {
    const found = item.exec(lines.line);
    if (!found || /\d/.test(found[2]!) !== ordered || rule.test(lines.line)) break;
    ++lines.at;
    const more = lines.takeWhile((line) => /^ {2,}\S/.test(line) || (!isBlank(line) && !begins(line)));
    items.push(blocks([found[3]!, ...more.map((line) => line.replace(/^ {2,4}/, ''))], depth + 1));
    if (!lines.isOver && isBlank(lines.line) && item.test(lines.all[lines.at + 1] ?? '')) ++lines.at;
  }
  return { kind: 'list', ordered, start: ordered ? parseInt(first[2]!, 10) : 1, items };
}

function block(lines: Lines, depth: number): Block {
  const line = lines.line;
  const head = heading.exec(line);
  if (head) {
    ++lines.at;
    return { kind: 'heading', level: head[1]!.length, of: inlines(head[2]!) };
  }
  if (rule.test(line)) {
    ++lines.at;
    return { kind: 'rule' };
  }
  if (fence.test(line)) return code(lines);
  if (quoted.test(line)) {
    const inner = lines.takeWhile((one) => quoted.test(one)).map((one) => one.replace(quoted, ''));
    return { kind: 'quote', of: blocks(inner, depth + 1) };
  }
  if (item.test(line)) return list(lines, depth);
  const text = [line, ...(++lines.at, lines.takeWhile((one) => !isBlank(one) && !begins(one)))];
  return { kind: 'paragraph', of: inlines(text.map((one) => one.trim()).join('\n')) };
}

function blocks(all: string[], depth: number): Block[] {
  if (depth >= deepest) return [{ kind: 'paragraph', of: [{ kind: 'text', text: inert(all.join('\n')) }] }];
  const lines = new Lines(all);
  const out: Block[] = [];
  while (!lines.isOver) {
    if (isBlank(lines.line)) ++lines.at;
    else out.push(block(lines, depth));
  }
  return out;
}

export function markdown(text: string): Block[] {
  return blocks(text.replace(/\r\n?/g, '\n').split('\n'), 0);
}
