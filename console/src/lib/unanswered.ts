// What was sent under an idempotency key and has had no answer yet. It is kept in the session storage of the tab, so that a page that was
// loaded again can ask what became of it and send the very same once more, which is done once only.
//
// Kept is what an act said, never a secret: what holds a password, and the content of items, goes by its key alone. It ends when it is
// answered, with the session, and with the tab; at most 16 are kept, the oldest goes first. Where a browser keeps nothing, nothing is
// lost but this.
export interface Unanswered {
  key: string;
  path: string;
  kind: string;
  many: number; // commands in one list; 1: no list
  at: number;
  by: string; // person and office
  text?: string; // what was sent, where it may be kept
}

const place = 'comity-unanswered';
const most = { entries: 16, characters: 65_536 };
const secret = /"(password|verifier|secret)"\s*:/;

function read(): Unanswered[] {
  try {
    const all: unknown = JSON.parse(sessionStorage.getItem(place) ?? '[]');
    return Array.isArray(all) ? (all as Unanswered[]) : [];
  } catch {
    return [];
  }
}

function write(all: Unanswered[]) {
  try {
    if (all.length) sessionStorage.setItem(place, JSON.stringify(all.slice(-most.entries)));
    else sessionStorage.removeItem(place);
  } catch {
    // Full, or refused to this page.
  }
}

function described(path: string, text: string): { kind: string; many: number } {
  if (path !== '/commands') return { kind: 'contribute', many: 1 };
  try {
    const said = JSON.parse(text) as { kind: string } | { kind: string }[];
    return Array.isArray(said) ? { kind: said[0]?.kind ?? '', many: said.length } : { kind: said.kind, many: 1 };
  } catch {
    return { kind: '', many: 1 }; // which the centre will say
  }
}

// Before it is sent. Whether it was sent before.
export function noteSent(key: string, path: string, text: string, by: string): boolean {
  const all = read();
  if (all.some((one) => one.key === key)) return true;
  const mayKeep = path === '/commands' && text.length <= most.characters && !secret.test(text);
  write([...all, { key, path, ...described(path, text), at: Date.now(), by, ...(mayKeep ? { text } : {}) }]);
  return false;
}

export function noteAnswered(key: string) {
  write(read().filter((one) => one.key !== key));
}

export const leftUnanswered = (by: string): Unanswered[] => read().filter((one) => one.by === by);

// Who signs out leaves nothing, and who comes after finds nothing of others.
export function forgetUnanswered(butOf = '') {
  write(butOf ? read().filter((one) => one.by.startsWith(`${butOf} `)) : []);
}

// The key by which the centre knows the first ruling on it.
export const rulingKey = ({ key, path, many }: Unanswered) => (path === '/commands' && many === 1 ? key : `${key}.0`);
