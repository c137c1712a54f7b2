// Maps that the site put beside its centre (maps/*.pmtiles in the data directory): listed at /console/maps, read piece by piece with
// range requests. Pictures are shown as they are; of vectors every layer is drawn plainly, for no style comes with them.
import { addProtocol, type LayerSpecification, type Map as LibreMap } from 'maplibre-gl';

const source = 'own-map';

// Their names, or none where the centre has no such thing.
export async function listOwnMaps(): Promise<string[]> {
  try {
    const answer = await fetch('/console/maps', { headers: { Accept: 'application/json' } });
    const names: unknown = answer.ok ? await answer.json() : [];
    return Array.isArray(names) ? names.filter((one): one is string => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

function plainLayers(layer: string, ink: string): LayerSpecification[] {
  const of = { source, 'source-layer': layer };
  return [
    { id: `${source}-${layer}-fill`, type: 'fill', ...of, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': ink, 'fill-opacity': 0.08 } },
    { id: `${source}-${layer}-line`, type: 'line', ...of, filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-color': ink, 'line-opacity': 0.55, 'line-width': 0.7 } },
  ] as LayerSpecification[];
}

export function hideOwnMap(map: LibreMap) {
  for (const layer of map.getStyle().layers) if (layer.id.startsWith(source)) map.removeLayer(layer.id);
  if (map.getSource(source)) map.removeSource(source);
}

export async function showOwnMap(map: LibreMap, name: string, ink: string): Promise<void> {
  const { PMTiles, Protocol, TileType } = await import('pmtiles');
  const url = `${location.origin}/console/maps/${encodeURIComponent(name)}`;
  const [protocol, archive] = [new Protocol(), new PMTiles(url)];
  protocol.add(archive);
  addProtocol('pmtiles', protocol.tile);
  const header = await archive.getHeader();
  hideOwnMap(map);
  const vector = header.tileType === TileType.Mvt;
  map.addSource(source, vector ? { type: 'vector', url: `pmtiles://${url}` } : { type: 'raster', url: `pmtiles://${url}`, tileSize: 256 });
  if (!vector) return void map.addLayer({ id: `${source}-raster`, type: 'raster', source }, 'borders');
  const about = (await archive.getMetadata()) as { vector_layers?: { id: string }[] };
  for (const { id } of about.vector_layers ?? []) for (const layer of plainLayers(id, ink)) map.addLayer(layer, 'borders');
}
