// The objects that the tour makes: a report that says the visitor's word, a copy of it under a new id, and another one that
// refers to it. STIX 2.1.
export interface Report {
  type: 'report';
  spec_version: '2.1';
  id: string;
  created: string;
  modified: string;
  published: string;
  name: string;
  labels: string[];
  object_refs: string[];
}

export function newId(type: string): string {
  return `${type}--${crypto.randomUUID()}`;
}

export function reportSaying(text: string, refersTo = newId('campaign'), now = new Date()): Report {
  const time = now.toISOString();
  return {
    type: 'report',
    spec_version: '2.1',
    id: newId('report'),
    created: time,
    modified: time,
    published: time,
    name: text,
    labels: ['isil'], // the clause of the joint centre would share it
    object_refs: [refersTo],
  };
}

export function copyOf(report: Report): Report {
  return { ...report, id: newId('report') };
}
