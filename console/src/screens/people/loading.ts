// Loading an allowed framework into the reference set, object by object, as one officer may: what two have allowed fixes the octets, and
// each comes with the proof that it is among them. Begun again after a cut, it goes on with what is missing.
import { get, newKey, Refusal, type Ruling, send } from '../../lib/api';
import type { Published } from './published';

export interface Framework {
  framework: string;
  title: string;
  root: string;
  objects: number;
  loaded: number;
}

export interface Count {
  sent: number;
  of: number;
  there: number;
  refused: Record<string, { objects: number; first: string }>; // by reason
}

// One list of commands: an answer comes within a second, and little is sent again after a cut.
const atOnce = { objects: 250, characters: 3_000_000 };
const patience = { times: 60, ms: 2000 };

async function versionsOf(framework: string): Promise<Set<string>> {
  const all = new Set<string>();
  for (let after = ''; ; ) {
    const page = await get<{ versions: { id: string; version: string }[]; next?: string; more?: boolean }>(`/frameworks/${encodeURIComponent(framework)}/versions?limit=1000${after && `&after=${encodeURIComponent(after)}`}`);
    for (const { id, version } of page.versions) all.add(`${id} ${version}`);
    if (!page.more || !page.next) return all;
    after = page.next;
  }
}

// The object as it is written.
function commandOf({ framework, root, objects }: Framework, bundle: Published, place: number): string {
  const body = JSON.stringify({ framework, root, objects, place, proof: bundle.proof(place) });
  return `{"kind":"load_framework_object","body":${body.slice(0, -1)},"object":${bundle.objects[place]!.text}}}`;
}

// Rulings come back also where some refuse. A centre that is busy, or says that this is too much at once, is asked again with the same key.
async function post(list: string): Promise<Ruling[]> {
  const key = newKey();
  for (let times = 0; ; ++times) {
    try {
      return await send<Ruling[]>('POST', '/commands', list, { 'Idempotency-Key': key });
    } catch (why) {
      if (!(why instanceof Refusal)) throw why;
      if (Array.isArray(why.body)) return why.body as Ruling[];
      if (times >= patience.times || !(why.mayBeDone || why.status === 429)) throw why;
      await new Promise((then) => setTimeout(then, patience.ms));
    }
  }
}

export async function load(framework: Framework, bundle: Published, tell: (count: Count) => void): Promise<Count> {
  const there = await versionsOf(framework.framework);
  const places = bundle.objects.flatMap((one, place) => (there.has(`${one.id} ${one.version}`) ? [] : [place]));
  const count: Count = { sent: 0, of: places.length, there: bundle.objects.length - places.length, refused: {} };
  tell({ ...count });
  while (count.sent < places.length) {
    const commands: string[] = [];
    for (let size = 0; commands.length < atOnce.objects && size < atOnce.characters && count.sent + commands.length < places.length; size += commands.at(-1)!.length)
      commands.push(commandOf(framework, bundle, places[count.sent + commands.length]!));
    const rulings = await post(`[${commands.join(',')}]`);
    rulings.forEach((ruling, i) => {
      const code = ruling.outcome === 'accepted' ? '' : (ruling.reasons[0]?.code ?? 'quota');
      if (code === 'already_done') ++count.there;
      else if (code) (count.refused[code] ??= { objects: 0, first: bundle.objects[places[count.sent + i]!]!.id }).objects++;
    });
    count.sent += commands.length;
    tell({ ...count });
  }
  return count;
}
