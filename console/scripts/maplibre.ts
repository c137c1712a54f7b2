// MapLibre ships three pieces in one file: what page and worker share, the worker, the page; and makes the worker of a blob, which a
// strict policy forbids. Its other build has two files that both hold what is shared. Here the pieces become three files of ours:
// nothing is made of a blob, and nothing is sent twice.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rollup } from 'rollup';
import type { Plugin } from 'vite';

// The page uses three of a hundred names; what stands under the others, controls, markers and popups, falls away.
function usedOnly(page: string): string {
  const names = page.indexOf('e.AJAXError=');
  const said = (form: RegExp): string => {
    const found = form.exec(page.slice(names));
    if (names < 0 || !found) throw new Error(`${file} says its names otherwise: look at how this version is put together`);
    return found[0];
  };
  const used = [/e\.Map=\w+/, /e\.addProtocol=[\w.]+/, /e\.setWorkerUrl=function\(e\)\{[^}]*\}/].map(said);
  return `${page.slice(0, names)}${used.join(',')};})`;
}

// What then nothing names falls away, too. For this piece alone, that reading a member does nothing: elsewhere it is how a view says what it hangs on.
async function shaken(code: string): Promise<string> {
  const bundle = await rollup({ input: 'page', treeshake: { propertyReadSideEffects: false }, plugins: [{ name: 'page', resolveId: (id) => (id === 'page' ? id : null), load: () => code }] });
  const { output } = await bundle.generate({ format: 'es' });
  return output[0].code;
}

const file = 'node_modules/maplibre-gl/dist/maplibre-gl.js';
const workerName = 'maplibre-gl/dist/maplibre-gl-csp-worker.js?url';

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start), to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${file} has no ${start}: look at how this version is put together`);
  return text.slice(from + start.length, to);
}

export function maplibrePieces(): Plugin {
  const text = readFileSync(file, 'utf8');
  const shared = `self.maplibreShared={};(${between(text, 'define("shared",["exports"],', ');\n\ndefine("worker"')})(self.maplibreShared);`;
  const named = (piece: string, source: string) => `assets/maplibre-${piece}-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.js`;
  const sharedFile = named('shared', shared);
  const worker = `importScripts(new URL('/${sharedFile}',self.location).href);(${between(text, 'define("worker",["./shared"],', ');\n\ndefine("index"')})(self.maplibreShared);`;
  const workerFile = named('worker', worker);
  const shares = `await import(/* @vite-ignore */ '/${sharedFile}');\n`;
  const page = `const maplibre = {};
(${usedOnly(between(text, 'define("index",["exports","./shared"],', ');\n\n//'))})(maplibre, self.maplibreShared);
const { Map: LibreMap, addProtocol, setWorkerUrl } = maplibre; // the piece above means the language's Map
export { LibreMap as Map, addProtocol, setWorkerUrl };`;
  return {
    name: 'maplibre-pieces',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id) => {
      if (id === `/${sharedFile}`) return { id, external: 'absolute' };
      return id === 'maplibre-gl' ? '\0maplibre-page' : id === workerName ? '\0maplibre-worker-url' : undefined;
    },
    load: async (id) => (id === '\0maplibre-page' ? shares + (await shaken(page)) : id === '\0maplibre-worker-url' ? `export default '/${workerFile}';` : undefined),
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: sharedFile, source: shared });
      this.emitFile({ type: 'asset', fileName: workerFile, source: worker });
    },
  };
}
