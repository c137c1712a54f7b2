// What this screen asks of the centre. Hidden and absent are one 404: then there is nothing to show.
import { get, getText, Refusal, send } from '../../lib/api';
import type { Agreement, AgreementRow } from '../agreements/forms';
import type { Audience, Duty, Foreseen, ItemRow, Posted, Refusals, Why } from './forms';

const itemPath = (id: string, rest = '') => `/items/${encodeURIComponent(id)}${rest}`;

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  }
}

export const itemRows = (id: string) =>
  Promise.all(
    (['received', 'contributed'] as const).map((role) =>
      get<{ items: ItemRow[] }>(`/items?role=${role}&id=${encodeURIComponent(id)}`).then((told) =>
        told.items.map((row) => ({ ...row, role })),
      ),
    ),
  ).then((both) => both.flat());

const stix = 'application/stix+json;version=2.1, application/json;q=0.5';

// The bytes as they are served.
export const itemText = (id: string, version = '') =>
  orNull(getText(itemPath(id, version ? `?version=${encodeURIComponent(version)}` : ''), { accept: stix }));

export const whoSees = (id: string) =>
  orNull(get<{ who_sees: Audience[] }>(itemPath(id, '/who-sees'))).then((told) => told?.who_sees ?? []);

export const whyHad = (id: string) =>
  orNull(get<{ why?: Why[] }>(itemPath(id, '/why'))).then((told) => told?.why ?? []);

export const refusals = () => get<Refusals>('/refusals');
export const duties = () => get<{ duties: Duty[]; more: boolean }>('/duties?limit=1000');
export const agreementText = (id: string) => orNull(get<Agreement>(`/agreements/${encodeURIComponent(id)}`));

export const agreementIds = () => get<{ agreements: AgreementRow[] }>('/agreements').then((told) => told.agreements.map((one) => one.id));

export interface Givable extends AgreementRow {
  gives: boolean; // whether any clause of it gives anything
}

// Under which agreements the viewer's party can give; those by which something is given first.
export async function givable(own: string): Promise<Givable[]> {
  const told = await get<{ agreements: AgreementRow[] }>('/agreements');
  const of = told.agreements.filter((one) => {
    const standing = one.status.standing?.[own]?.state ?? '';
    return one.title !== undefined && (standing === 'party' || standing.startsWith('suspended') || standing === 'withdrawing');
  });
  const texts = await Promise.all(of.map((one) => agreementText(one.id)));
  const all = of.map((one, i) => ({ ...one, gives: texts[i]?.clauses?.some((clause) => clause.type === 'grant') ?? false }));
  return all.sort((a, b) => Number(b.gives) - Number(a.gives));
}

export const foresee = (body: string) => send<Foreseen>('POST', '/previews', body);

// Some may be refused while others are taken; if all are, it is no failure of the request either.
export async function contribute(agreement: string, envelope: string, key: string): Promise<Posted> {
  try {
    return await send<Posted>('POST', `/agreements/${encodeURIComponent(agreement)}/items`, envelope, { 'Idempotency-Key': key });
  } catch (error) {
    if (error instanceof Refusal && Array.isArray(error.body.objects)) return error.body as unknown as Posted;
    throw error;
  }
}
