// The parts of Terra Draw that are used, and no others.
export { TerraDraw, TerraDrawLineStringMode, TerraDrawPolygonMode } from 'terra-draw';
export { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
