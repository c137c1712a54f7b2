// What an item is called in a list, made of what it says; and its marking and labels.
import { tlpOf, type Tlp } from './made';

export interface Brief {
  name: string;
  labels: string[];
  tlp: Tlp | null;
  marked: boolean; // by something else than TLP too
  createdBy: string;
}

const longest = 140;

const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : '');
const texts = (value: unknown) => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);

// By type, where no property `name` says it.
function told(item: Record<string, unknown>): string {
  const refs = texts(item.object_refs);
  switch (item.type) {
    case 'relationship':
      return [text(item.source_ref).split('--')[0], text(item.relationship_type), text(item.target_ref).split('--')[0]].filter(Boolean).join(' ');
    case 'note':
      return text(item.abstract) || text(item.content);
    case 'opinion':
      return [text(item.opinion), text(item.explanation)].filter(Boolean).join(': ');
    case 'sighting':
      return [`${typeof item.count === 'number' ? item.count : 1} ×`, text(item.sighting_of_ref).split('--')[0], text(item.description)].filter(Boolean).join(' ');
    case 'artifact':
      return text(item.mime_type);
    case 'indicator':
      return text(item.pattern);
    default:
      return text(item.value) || text(item.description) || (refs.length ? `${refs.length} →` : '');
  }
}

export function briefOf(item: Record<string, unknown>): Brief {
  const name = text(item.name) || told(item);
  const levels = ['clear', 'green', 'amber', 'amber_strict', 'red'] as const;
  const marks = texts(item.object_marking_refs);
  const known = marks.map(tlpOf).filter((one): one is Tlp => one !== null);
  const strictest = known.sort((a, b) => levels.indexOf(b) - levels.indexOf(a))[0] ?? null;
  return {
    name: name.length > longest ? name.slice(0, longest) + '…' : name,
    labels: texts(item.labels),
    tlp: strictest,
    marked: known.length < marks.length,
    createdBy: text(item.created_by_ref),
  };
}
