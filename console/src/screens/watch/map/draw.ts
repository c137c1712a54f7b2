// Drawing a shape with the pointer: corners, a centre and its radius, or a way. What comes out are places and metres, as if typed.
import type { Map as LibreMap } from 'maplibre-gl';
import type { Position } from 'geojson';
import type { Point } from '../../../lib/coordinates';
import type { Shape } from '../filing';

export type Drawing = Exclude<Shape, 'kept'>;

export interface Drawn {
  places: Point[];
  width_m?: number;
}

const toPoint = ([lng, lat]: Position): Point => [Math.round(lng! * 1e7), Math.round(lat! * 1e7)];

// Half the extent of a ring from north to south, on a sphere: near enough for what is then written into a field of whole metres.
export function circleOf(ring: Position[]): Drawn {
  const lats = ring.map((one) => one[1]!), lngs = ring.map((one) => one[0]!);
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lngs), Math.max(...lngs)];
  return { places: [toPoint([(west + east) / 2, (south + north) / 2])], width_m: Math.max(1, Math.ceil(((north - south) / 2) * 111_320)) };
}

export function drawnOf(shape: Drawing, coordinates: Position[]): Drawn {
  return shape === 'circle' ? circleOf(coordinates) : { places: (shape === 'polygon' ? coordinates.slice(0, -1) : coordinates).map(toPoint) };
}

// One click, or Enter on the map for its middle.
function pickPlace(map: LibreMap, finished: (drawn: Drawn) => void): () => void {
  const canvas = map.getCanvas();
  const before = canvas.style.cursor;
  const clicked = (event: { lngLat: { lng: number; lat: number } }) => done([event.lngLat.lng, event.lngLat.lat]);
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    const { lng, lat } = map.getCenter();
    done([lng, lat]);
  };
  const end = () => {
    map.off('click', clicked);
    canvas.removeEventListener('keydown', pressed);
    canvas.style.cursor = before;
  };
  const done = (at: Position) => {
    end();
    finished({ places: [toPoint(at)] });
  };
  map.on('click', clicked);
  canvas.addEventListener('keydown', pressed);
  canvas.style.cursor = 'crosshair';
  canvas.focus();
  return end;
}

// Begins to draw; the answer ends it.
export async function startDrawing(map: LibreMap, shape: Drawing, finished: (drawn: Drawn) => void): Promise<() => void> {
  if (shape === 'point') return pickPlace(map, finished);
  const { TerraDraw, TerraDrawCircleMode, TerraDrawLineStringMode, TerraDrawMapLibreGLAdapter, TerraDrawPolygonMode } = await import('./terra');
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map }),
    modes: [new TerraDrawPolygonMode(), new TerraDrawCircleMode(), new TerraDrawLineStringMode()],
  });
  draw.start();
  draw.setMode(shape === 'corridor' || shape === 'way' ? 'linestring' : shape);
  map.getCanvas().focus();
  let over = false;
  const end = () => {
    if (!over) draw.stop();
    over = true;
  };
  draw.on('finish', (id) => {
    const geometry = draw.getSnapshotFeature(id)?.geometry;
    const coordinates = geometry?.type === 'Polygon' ? geometry.coordinates[0]! : geometry?.type === 'LineString' ? geometry.coordinates : [];
    end();
    finished(drawnOf(shape, coordinates));
  });
  return end;
}
