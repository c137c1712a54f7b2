// How kinds of volumes look apart from their colour: a hatch each, drawn here so that no image is fetched.
import type { Kind } from '../features';

type Stroke = (context: CanvasRenderingContext2D, size: number) => void;

const diagonal: Stroke = (context, size) => {
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift, size);
    context.lineTo(shift + size, 0);
  }
};
const backward: Stroke = (context, size) => {
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift, 0);
    context.lineTo(shift + size, size);
  }
};
const crossed: Stroke = (context, size) => {
  diagonal(context, size);
  backward(context, size);
};
const dots: Stroke = (context, size) => {
  context.moveTo(size / 2 + 1.5, size / 2);
  context.arc(size / 2, size / 2, 1.5, 0, 7);
};

export const hatches: Partial<Record<Kind, { stroke: Stroke; size: number; width: number }>> = {
  cell: { stroke: diagonal, size: 16, width: 2.5 },
  constraint: { stroke: crossed, size: 20, width: 1.5 },
  site: { stroke: dots, size: 12, width: 1 },
  stray: { stroke: backward, size: 10, width: 2.5 },
};

function canvasOf(size: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  return [canvas, canvas.getContext('2d')!];
}

export function hatch(kind: Kind, colour: string): ImageData | undefined {
  const how = hatches[kind];
  if (!how) return undefined;
  const [, context] = canvasOf(how.size);
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = how.width;
  context.beginPath();
  how.stroke(context, how.size);
  context.stroke();
  return context.getImageData(0, 0, how.size, how.size);
}

// An arrow for where somebody was, pointing to where it goes.
export function arrow(colour: string, ground: string): ImageData {
  const [, context] = canvasOf(36);
  context.translate(18, 18);
  context.beginPath();
  context.moveTo(0, -14);
  context.lineTo(10, 12);
  context.lineTo(0, 6);
  context.lineTo(-10, 12);
  context.closePath();
  context.fillStyle = colour;
  context.strokeStyle = ground;
  context.lineWidth = 3;
  context.stroke();
  context.fill();
  return context.getImageData(0, 0, 36, 36);
}
