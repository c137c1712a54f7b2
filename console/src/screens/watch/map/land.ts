// Land and borders out of Natural Earth: the coarse ones at once, finer ones as the map is zoomed, all from this server. Borders
// are those of the data set and say nothing about who is right.
import type { Feature, FeatureCollection, MultiLineString } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import coarse from '../../../assets/land.json?url';
import fine from 'world-atlas/countries-10m.json?url';
import middle from 'world-atlas/countries-50m.json?url';

export interface Land {
  land: FeatureCollection;
  borders: MultiLineString;
}

const levels = [{ from: 0, url: coarse }, { from: 3, url: middle }, { from: 6, url: fine }];
const loaded = new Map<number, Promise<Land>>();

export function levelAt(zoom: number): number {
  return levels.findLastIndex((one) => zoom >= one.from);
}

async function load(url: string): Promise<Land> {
  const atlas = (await (await fetch(url)).json()) as Topology;
  const countries = atlas.objects.countries as GeometryCollection;
  const land = feature(atlas, atlas.objects.land as GeometryCollection) as Feature | FeatureCollection;
  return { land: land.type === 'FeatureCollection' ? land : { type: 'FeatureCollection', features: [land] }, borders: mesh(atlas, countries, (a, b) => a !== b) };
}

export function landOf(level: number): Promise<Land> {
  const known = loaded.get(level) ?? load(levels[level]!.url);
  loaded.set(level, known);
  return known;
}
