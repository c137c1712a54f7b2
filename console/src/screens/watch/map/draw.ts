// Drawing a shape: corners, a centre and its edge, or a way. What comes out are places and metres, as if typed.
import type { Map as LibreMap } from 'maplibre-gl';
import type { Position } from 'geojson';
import type { Point } from '../../../lib/coordinates';
import type { Shape } from '../filing';
import { distance_m } from '../way';

export type Drawing = Exclude<Shape, 'kept'>;

export interface Drawn {
  places: Point[];
  width_m?: number;
}

const toPoint = ([lng, lat]: Position): Point => [Math.round(lng! * 1e7), Math.round(lat! * 1e7)];

function drawnOf(shape: Drawing, coordinates: Position[]): Drawn {
  return { places: (shape === 'polygon' ? coordinates.slice(0, -1) : coordinates).map(toPoint) };
}

// One place or, of a circle, its centre and then its edge: by clicks, or by Enter on the map for its middle. `sofar` is told the circle as the
// pointer moves.
function pickPlaces(map: LibreMap, shape: 'point' | 'circle', finished: (drawn: Drawn) => void, sofar: (drawn: Drawn) => void): () => void {
  const canvas = map.getCanvas();
  const before = canvas.style.cursor;
  let centre: Point | undefined;
  const circle = (edge: Point): Drawn => ({ places: [centre!], width_m: Math.max(1, Math.ceil(distance_m(centre!, edge))) });
  const pick = ({ lng, lat }: { lng: number; lat: number }) => {
    const at = toPoint([lng, lat]);
    if (shape === 'point' || centre) {
      const drawn = centre ? circle(at) : { places: [at] };
      end();
      finished(drawn);
    } else centre = at;
  };
  const clicked = (event: { lngLat: { lng: number; lat: number } }) => pick(event.lngLat);
  const moved = (event: { lngLat: { lng: number; lat: number } }) => centre && sofar(circle(toPoint([event.lngLat.lng, event.lngLat.lat])));
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault(); // else the form into which it goes, and which has the focus then, is sent by the same key
    pick(map.getCenter());
  };
  const end = () => {
    map.off('click', clicked);
    map.off('mousemove', moved);
    canvas.removeEventListener('keydown', pressed);
    canvas.style.cursor = before;
  };
  map.on('click', clicked);
  map.on('mousemove', moved);
  canvas.addEventListener('keydown', pressed);
  canvas.style.cursor = 'crosshair';
  canvas.focus();
  return end;
}

// Begins to draw; the answer ends it.
export async function startDrawing(map: LibreMap, shape: Drawing, finished: (drawn: Drawn) => void, sofar: (drawn: Drawn) => void): Promise<() => void> {
  if (shape === 'point' || shape === 'circle') return pickPlaces(map, shape, finished, sofar);
  const { TerraDraw, TerraDrawLineStringMode, TerraDrawMapLibreGLAdapter, TerraDrawPolygonMode } = await import('./terra');
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map }),
    modes: [new TerraDrawPolygonMode(), new TerraDrawLineStringMode()],
  });
  draw.start();
  draw.setMode(shape === 'polygon' ? shape : 'linestring');
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
