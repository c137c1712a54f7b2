// How the console is built: one page, lazy screens, no outside request. The dev server stands in for the door (dev/door.ts).
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { door } from './dev/door';
import { maplibrePieces } from './scripts/maplibre';

export default defineConfig(({ command }) => ({
  plugins: [svelte(), door(), maplibrePieces()],
  // While developing, the build of MapLibre whose worker is a file of its own.
  resolve: { alias: command === 'serve' ? [{ find: /^maplibre-gl$/, replacement: 'maplibre-gl/dist/maplibre-gl-csp.js' }] : [] },
  build: {
    target: 'es2022',
    minify: 'terser', // slower than esbuild, and a twentieth smaller over the wire
    terserOptions: { module: true },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    modulePreload: { polyfill: false },
  },
  server: { port: 5173, strictPort: true },
  test: { include: ['src/**/*.test.ts'], environment: 'node', testTimeout: 60_000, setupFiles: ['scripts/test-setup.ts'] },
}));
