// Tables (RFC 4180), parted by comma, semicolon or tab. A row of HXL hashtags within the first 25 rows says what the columns are, else
// the first row does.
import { t } from '../../../lib/strings';
import { emptyDraft, fault, most, Unreadable, type Draft } from './draft';
import { describe, fieldOf, fieldOfTag, limit, Said, type Field } from './fields';

export interface Row {
  line: number; // where it ends
  cells: string[];
}

const rows_before_tags = 25, most_letters = 8192;

function delimiterOf(text: string): string {
  const line = /^[^\r\n]*/.exec(text)![0];
  const count = (one: string) => line.split(one).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

export function rowsOf(text: string): Row[] {
  const delimiter = delimiterOf(text);
  const rows: Row[] = [];
  let line = 1, cells: string[] = [], at = 0;
  const over = () => rows.length > most.places + rows_before_tags || cells.length > most.columns || cells.at(-1)!.length > most_letters;
  while (at < text.length) {
    const blanks = delimiter === '\t' ? / *(?=")/y : /[ \t]*(?=")/y;
    blanks.lastIndex = at;
    if (blanks.test(text)) at = blanks.lastIndex;
    const [cell, next] = text[at] === '"' ? quoted(text, at, line) : plain(text, at, delimiter, line);
    cells.push(cell);
    line += cell.split('\n').length - 1;
    at = next;
    const ends = at >= text.length || text[at] !== delimiter;
    if (over()) throw new Unreadable(t('import.wrong.large', { n: most.places }));
    if (ends) {
      rows.push({ line, cells });
      cells = [];
      if (text.startsWith('\r\n', at)) ++at;
      ++line;
    } else if (at + 1 === text.length) cells.push('');
    ++at;
  }
  if (cells.length) rows.push({ line, cells });
  return rows;
}

function quoted(text: string, from: number, line: number): [string, number] {
  const found = /"((?:[^"]|"")*)"[ \t]*(?=$|[,;\t\r\n])/y;
  found.lastIndex = from;
  const match = found.exec(text);
  if (!match) throw new Unreadable(t('import.wrong.quote', { line }));
  return [match[1]!.replaceAll('""', '"'), found.lastIndex];
}

function plain(text: string, from: number, delimiter: string, line: number): [string, number] {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') ++at;
  const cell = text.slice(from, at);
  if (cell.includes('"')) throw new Unreadable(t('import.wrong.quote', { line }));
  return [cell, at];
}

const isEmpty = (row: Row) => row.cells.every((cell) => !cell.trim());
const isTags = (row: Row) => !isEmpty(row) && row.cells.every((cell) => !cell.trim() || cell.trim().startsWith('#'));

function columnsOf(row: Row, meaning: (text: string) => Field | undefined): (Field | undefined)[] {
  const columns = row.cells.map((cell) => meaning(cell));
  for (const field of ['latitude', 'longitude'] as const)
    if (columns.filter((one) => one === field).length !== 1) throw new Unreadable(t('import.wrong.columns', { line: row.line, field }));
  return columns;
}

function draftOf(row: Row, columns: (Field | undefined)[]): Draft {
  const draft = emptyDraft(t('import.at.line', { line: row.line }));
  if (row.cells.length > columns.length) fault(draft, t('import.fault.cells'));
  const said = new Said();
  columns.forEach((field, i) => said.add(field, row.cells[i] ?? ''));
  describe(draft, said);
  for (const field of ['latitude', 'longitude'] as const) if (!said.text(field)) fault(draft, t('import.fault.none', { field }));
  const lat = said.number('latitude', draft), lng = said.number('longitude', draft), radius = said.number('radius', draft), uncertainty = said.number('uncertainty', draft);
  if (lat !== undefined && lng !== undefined) draft.volumes.push({ shape: radius === undefined ? 'point' : 'circle', points: [{ lat, lng }], radius_m: radius ?? uncertainty });
  limit(draft, said);
  return draft;
}

export function readCsv(text: string): Draft[] {
  if (text.includes('\0')) throw new Unreadable(t('import.wrong.utf8'));
  const rows = rowsOf(text);
  const first = rows.slice(0, rows_before_tags);
  const tagged = first.findIndex(isTags);
  const head = tagged >= 0 ? tagged : first.findIndex((row) => !isEmpty(row));
  if (head < 0) throw new Unreadable(t('import.wrong.headings'));
  const columns = columnsOf(rows[head]!, tagged >= 0 ? fieldOfTag : fieldOf);
  return rows.slice(head + 1).filter((row) => !isEmpty(row)).map((row) => draftOf(row, columns));
}
