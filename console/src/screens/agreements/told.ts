// What these screens ask of the centre. What is hidden and what is absent are one 404, which is no failure here: it means that
// there is nothing to show.
import { get, Refusal, send } from '../../lib/api';
import type { Agreement, AgreementRow, Clock, Foreseen, MatrixRow, Me, Party, Recovery, SignedActRow } from './forms';

const part = (id: string, rest = '') => `/agreements/${encodeURIComponent(id)}${rest}`;
const pages = 100; // of a thousand each

async function orNone<T>(asked: Promise<T>, none: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return none;
    throw error;
  }
}

export async function allAgreements(): Promise<AgreementRow[]> {
  const rows: AgreementRow[] = [];
  for (let page = 0; page < pages; ++page) {
    const next = rows.length > 0 ? `?next=${encodeURIComponent(rows.at(-1)!.id)}` : '';
    const told = await get<{ agreements: AgreementRow[]; more: boolean }>('/agreements' + next);
    rows.push(...told.agreements);
    if (!told.more || told.agreements.length === 0) break;
  }
  return rows;
}

export interface ToldMatrix {
  rows: Map<string, MatrixRow[]>;
  more: boolean;
}

// One answer for each agreement that runs or has run; those of drafts would be empty.
export async function allMatrices(agreements: AgreementRow[]): Promise<ToldMatrix> {
  const rows = new Map<string, MatrixRow[]>();
  let more = false;
  const running = agreements.filter((one) => one.title !== undefined && !['draft', 'tabled', 'open'].includes(one.status.state));
  await Promise.all(
    running.map(async ({ id }) => {
      const told = await orNone(get<{ matrix: MatrixRow[]; more: boolean }>(part(id, '/matrix')), { matrix: [], more: false });
      rows.set(id, told.matrix);
      more ||= told.more;
    }),
  );
  return { rows, more };
}

export interface Overview {
  agreements: AgreementRow[];
  matrix: ToldMatrix;
  clocks: Map<string, Clock[]>;
}

export async function overview(): Promise<Overview> {
  const agreements = await allAgreements();
  const clocks = new Map<string, Clock[]>();
  const live = agreements.filter((one) => one.status.state === 'in_force' || one.status.state === 'suspended');
  const [matrix] = await Promise.all([
    allMatrices(agreements),
    ...live.map(async ({ id }) => clocks.set(id, await orNone(get<Clock[]>(part(id, '/clocks')), []))),
  ]);
  return { agreements, matrix, clocks };
}

export interface Page {
  agreement: Agreement;
  listed: string; // the hash that the centre lists for it; empty where the text is not told
  acts: SignedActRow[];
  clocks: Clock[];
  matrix: MatrixRow[] | null; // null: not told
}

// One agreement with all that is told of it; null: there is none, or it is not for this viewer to know.
export async function agreementPage(id: string): Promise<Page | null> {
  const agreement = await orNone(get<Agreement>(part(id)), null);
  if (!agreement) return null;
  const [rows, acts, clocks, matrix] = await Promise.all([
    allAgreements(),
    orNone(get<SignedActRow[]>(part(id, '/acts')), []),
    orNone(get<Clock[]>(part(id, '/clocks')), []),
    orNone(get<{ matrix: MatrixRow[] } | null>(part(id, '/matrix')), null),
  ]);
  const listed = rows.find((row) => row.id === id)?.text_hash ?? '';
  return { agreement, listed, acts, clocks, matrix: matrix?.matrix ?? null };
}

export const me = () => get<Me>('/me');
export const parties = () => get<Party[]>('/parties');
export const recoveries = () => get<Recovery[]>('/recoveries');
export const officesOf = (party: string) =>
  get<{ office: string }[]>(`/parties/${encodeURIComponent(party)}/offices`).then((all) => all.map((one) => one.office));

// The machine's own answer, on a copy of its law. The text of a draft travels as it is written.
export function foresee(kind: string, body: object | string): Promise<Foreseen> {
  const said = typeof body === 'string' ? body : JSON.stringify(body);
  const asked = `{"commands":[{"kind":${JSON.stringify(kind)},"body":${said}}],"questions":["grant_diff","refused?"]}`;
  return send<Foreseen>('POST', '/previews', asked);
}
