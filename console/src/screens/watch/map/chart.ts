// The map itself: MapLibre with a style made here, of sources that this server gave. It knows volumes, one time, what is selected and
// the colours of the page, and nothing of components.
import { Map as LibreMap, setWorkerUrl, type FilterSpecification, type GeoJSONSource, type LayerSpecification, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker.js?url';
import type { FeatureCollection, Position } from 'geojson';
import { collectionOf, type Bounds, type Kind, type Volume } from '../features';
import { graticule, squares, type Grid } from './grid';
import { loadPlaces, paint, placesIn, type Inks, type Mark } from './labels';
import { landOf, levelAt } from './land';
import { arrow, hatch, hatches } from './patterns';

setWorkerUrl(workerUrl);

export interface View { zoom: number; lat: number; lng: number }
export type GridKind = 'none' | 'graticule' | 'mgrs';
export interface Vehicle { at: Position; track: number; name: string }

const kinds: Kind[] = ['constraint', 'site', 'other', 'own', 'overlay', 'cell', 'stray', 'draft'];
const token: Record<Kind, string> = { own: '--accent', other: '--stale', cell: '--alarm', site: '--good', constraint: '--warn', stray: '--alarm', draft: '--accent', overlay: '--ink-2' };
const dashes: Partial<Record<Kind, number[]>> = { other: [6, 3], stray: [2, 2], draft: [4, 2], overlay: [1, 2], constraint: [8, 2, 2, 2] };
const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] };

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// At a time a volume is there, comes within the hours that the timeline shows, or neither.
export interface Times { at: number; ahead: number }
const isThere = ({ at }: Times) => ['all', ['<=', ['get', 'from'], at], ['<', at, ['get', 'until']]];
const comes = ({ at, ahead }: Times) => ['all', ['<', at, ['get', 'from']], ['<', ['get', 'from'], ahead]];
const isNeither = (times: Times) => ['all', ['!', isThere(times)], ['!', comes(times)]];

function layersOf(kind: Kind): LayerSpecification[] {
  const source = kind === 'draft' ? 'draft' : kind === 'overlay' ? 'overlay' : 'volumes';
  const paint = hatches[kind] ? { 'fill-pattern': `hatch-${kind}` } : { 'fill-opacity': kind === 'overlay' ? 0.05 : 0.16 };
  const line = { 'line-width': kind === 'cell' || kind === 'stray' ? 2 : 1.6, ...(dashes[kind] ? { 'line-dasharray': dashes[kind] } : {}) };
  const ghost = { 'line-width': 1, 'line-opacity': 0.5, 'line-dasharray': [1, 3] };
  const soonFill = hatches[kind] ? { ...paint, 'fill-opacity': 0.45 } : { 'fill-opacity': 0.07 };
  return [
    { id: `${kind}-ghost`, type: 'line', source, paint: ghost },
    { id: `${kind}-soonfill`, type: 'fill', source, paint: soonFill },
    { id: `${kind}-soon`, type: 'line', source, paint: { 'line-width': 1.3, 'line-dasharray': [4, 2] } },
    { id: `${kind}-fill`, type: 'fill', source, filter: ['!=', ['geometry-type'], 'LineString'], paint },
    { id: `${kind}-line`, type: 'line', source, paint: line },
  ] as LayerSpecification[];
}

function styleOf(): StyleSpecification {
  const geojson = (data: unknown = nothing) => ({ type: 'geojson', data, tolerance: 0.2 }) as StyleSpecification['sources'][string];
  return {
    version: 8,
    sources: { land: geojson(), borders: geojson(), grid: geojson(), volumes: geojson(), overlay: geojson(), draft: geojson(), vehicles: geojson() },
    layers: [
      { id: 'sea', type: 'background' },
      { id: 'land', type: 'fill', source: 'land' },
      { id: 'borders', type: 'line', source: 'borders', paint: { 'line-width': 0.8, 'line-dasharray': [4, 2] } },
      { id: 'grid', type: 'line', source: 'grid', paint: { 'line-width': 0.6, 'line-opacity': 0.5 } },
      ...kinds.flatMap(layersOf),
      { id: 'selected', type: 'line', source: 'volumes', filter: ['==', ['get', 'id'], ''], paint: { 'line-width': 4 } },
      { id: 'vehicles', type: 'symbol', source: 'vehicles', layout: { 'icon-image': 'arrow', 'icon-rotate': ['get', 'track'], 'icon-size': 0.6, 'icon-allow-overlap': true, 'icon-rotation-alignment': 'map' } },
    ],
  } as StyleSpecification;
}

export interface Events {
  pick: (id: string) => void;
  hover: (at: Position | undefined, ids: string[]) => void;
  view: (view: View) => void;
}

export class Chart {
  readonly map: LibreMap;
  private times: Times = { at: 0, ahead: 0 };
  private level = -1;
  private gridKind: GridKind = 'graticule';
  private grid: Grid = { lines: { type: 'MultiLineString', coordinates: [] }, labels: [] };
  private volumeMarks: Mark[] = [];
  private readonly ready: Promise<void>;
  private frame = 0;
  private over = false; // what was asked for before may still come

  constructor(container: HTMLElement, private readonly canvas: HTMLCanvasElement, view: View, private readonly events: Events) {
    this.map = new LibreMap({
      container, style: styleOf(), center: [view.lng, view.lat], zoom: view.zoom, attributionControl: false, renderWorldCopies: true, maxPitch: 0, dragRotate: false, fadeDuration: 0, maxZoom: 16, validateStyle: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.ready = new Promise((then) => this.map.once('style.load', () => then()));
    this.listen();
    void this.ready.then(() => this.recolour()).then(() => this.settle());
    void loadPlaces().then(() => this.repaint());
  }

  private listen() {
    const { map } = this;
    map.on('move', () => this.repaint());
    map.on('resize', () => this.repaint());
    map.on('moveend', () => this.settle());
    map.on('click', (event) => {
      const found = this.under(event.point);
      if (found.length) this.events.pick(found[0]!);
    });
    map.on('mousemove', (event) => this.events.hover([event.lngLat.lng, event.lngLat.lat], this.under(event.point)));
    map.on('mouseout', () => this.events.hover(undefined, []));
  }

  private under(point: { x: number; y: number }): string[] {
    const layers = kinds.filter((kind) => kind !== 'draft' && kind !== 'overlay').reverse().flatMap((kind) => [`${kind}-fill`, `${kind}-soonfill`]);
    if (!this.map.getLayer(layers[0]!)) return [];
    return [...new Set(this.map.queryRenderedFeatures([point.x, point.y], { layers }).map((one) => String(one.properties.id)))];
  }

  // After the map has moved: finer land if it is near, the grid anew, and the address.
  private settle() {
    const { lng, lat } = this.map.getCenter();
    this.events.view({ zoom: this.map.getZoom(), lat, lng });
    void this.refine(levelAt(this.map.getZoom()));
    this.regrid();
  }

  // The coarse land first, so that there is always some; then finer ones up to what the zoom asks for.
  private async refine(wanted: number) {
    for (let level = this.level + 1; level <= wanted && level === this.level + 1; ++level) {
      this.level = level;
      const { land, borders } = await landOf(level);
      await this.ready;
      this.source('land')?.setData(land);
      this.source('borders')?.setData(borders);
    }
  }

  private source(name: string): GeoJSONSource | undefined {
    return this.over ? undefined : (this.map.getSource(name) as GeoJSONSource | undefined);
  }

  bounds(): Bounds {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  private regrid() {
    this.grid = this.gridKind === 'none' ? { lines: { type: 'MultiLineString', coordinates: [] }, labels: [] } : this.gridKind === 'mgrs' ? squares(this.bounds()) : graticule(this.bounds());
    void this.ready.then(() => this.source('grid')?.setData(this.grid.lines));
    this.repaint();
  }

  showGrid(kind: GridKind) {
    this.gridKind = kind;
    this.regrid();
  }

  // Once for each frame, however often it is asked for.
  private repaint() {
    if (this.frame || this.over) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      const inks: Inks = { ink: colour('--ink'), quiet: colour('--ink-3'), halo: colour('--land'), alarm: colour('--alarm'), font: colour('--sans') };
      const marks = [...this.volumeMarks, ...placesIn(this.bounds(), this.map.getZoom()), ...this.grid.labels.map((one): Mark => ({ ...one, look: 'grid' }))];
      paint(this.canvas, marks, inks, (at) => this.map.project(at as [number, number]));
    });
  }

  // The colours of the page, again whenever they are others.
  async recolour() {
    await this.ready;
    if (this.over) return;
    const { map } = this;
    map.setPaintProperty('sea', 'background-color', colour('--sea'));
    map.setPaintProperty('land', 'fill-color', colour('--land'));
    map.setPaintProperty('borders', 'line-color', colour('--border-line'));
    map.setPaintProperty('grid', 'line-color', colour('--line-strong'));
    map.setPaintProperty('selected', 'line-color', colour('--ink'));
    for (const kind of kinds) {
      const plain = colour(token[kind]);
      const ink = kind === 'draft' ? ['case', ['==', ['get', 'what'], 'met'], colour('--alarm'), plain] : plain;
      const image = hatch(kind, plain);
      if (image) this.image(`hatch-${kind}`, image);
      else for (const part of ['fill', 'soonfill']) map.setPaintProperty(`${kind}-${part}`, 'fill-color', ink);
      for (const part of ['line', 'soon', 'ghost']) map.setPaintProperty(`${kind}-${part}`, 'line-color', ink);
    }
    this.image('arrow', arrow(colour('--accent'), colour('--panel')));
    this.repaint();
  }

  private image(name: string, data: ImageData) {
    if (this.map.hasImage(name)) this.map.updateImage(name, data);
    else this.map.addImage(name, data);
  }

  async show(volumes: Volume[], marks: Mark[], vehicles: Vehicle[]) {
    await this.ready;
    this.volumeMarks = marks;
    this.source('volumes')?.setData(collectionOf(volumes));
    this.source('vehicles')?.setData({ type: 'FeatureCollection', features: vehicles.map((one) => ({ type: 'Feature', properties: { track: one.track }, geometry: { type: 'Point', coordinates: one.at } })) });
    this.retime(this.times);
    this.repaint();
  }

  async showAside(name: 'overlay' | 'draft', data: FeatureCollection | undefined) {
    await this.ready;
    this.source(name)?.setData(data ?? nothing);
    this.retime(this.times);
  }

  // What is there at that time is drawn whole, what comes soon fainter and dashed, the rest as a dotted outline.
  retime(times: Times) {
    this.times = times;
    if (this.over || !this.map.getLayer('own-fill')) return;
    for (const kind of kinds) {
      const aside = kind === 'draft' || kind === 'overlay';
      const area = ['!=', ['geometry-type'], 'LineString'];
      const filter = (part: string, ...when: unknown[]) => this.map.setFilter(`${kind}-${part}`, (aside ? ['all', ...when.slice(1)] : ['all', ['==', ['get', 'kind'], kind], ...when]) as FilterSpecification);
      filter('fill', isThere(times), area);
      filter('line', isThere(times));
      filter('soonfill', aside ? false : comes(times), ...(aside ? [false] : []));
      filter('soon', aside ? false : comes(times), ...(aside ? [false] : []));
      filter('ghost', aside ? false : isNeither(times), ...(aside ? [false] : []));
    }
  }

  async select(id: string) {
    await this.ready;
    if (!this.over) this.map.setFilter('selected', ['==', ['get', 'id'], id]);
  }

  fit(bounds: Bounds) {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.map.fitBounds([[bounds[0], bounds[1]], [bounds[2], bounds[3]]], { padding: 60, maxZoom: 10, animate: !calm, duration: 500 });
  }

  end() {
    this.over = true;
    cancelAnimationFrame(this.frame);
    this.map.remove();
  }
}
