// Cuts the coarse land, which every page of the map loads first, out of world-atlas: without names, and to a tenth of a degree,
// which at the zooms where it is drawn is half a pixel at the most.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { quantize } from 'topojson-client';

const steps = 3_600;
const atlas = JSON.parse(readFileSync('node_modules/world-atlas/countries-110m.json', 'utf8'));
const { scale, translate } = atlas.transform;
const degrees = (arc) => {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
};
const bare = atlas.objects.countries.geometries.map(({ type, arcs }) => ({ type, arcs }));
const whole = { type: 'Topology', arcs: atlas.arcs.map(degrees), objects: { countries: { type: 'GeometryCollection', geometries: bare }, land: atlas.objects.land } };
mkdirSync('src/assets', { recursive: true });
writeFileSync('src/assets/land.json', JSON.stringify(quantize(whole, steps)));
console.log(`${atlas.arcs.length} lines of coast and border`);
