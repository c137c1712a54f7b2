import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { fileReport, note, opinion, sighting, tlp, tlpOf, uuid5 } from './made';

const common = { labels: ['isil'], tlp: 'amber' as const, now: new Date('2026-11-30T12:00:00.123Z') };
const about = 'indicator--9299f726-ce06-492e-8472-2b52ccb53191';

describe('an object that is made here', () => {
  it('has what every object has', () => {
    const made = note(common, [about], 'Seen here too');
    expect(made).toMatchObject({
      type: 'note',
      spec_version: '2.1',
      created: '2026-11-30T12:00:00.123Z',
      modified: '2026-11-30T12:00:00.123Z',
      labels: ['isil'],
      object_marking_refs: [tlp.amber],
      object_refs: [about],
    });
    expect(made.id).toMatch(/^note--[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
  });

  it('leaves out what nobody said', () => {
    const bare = { labels: [], tlp: null, now: common.now };
    expect(Object.keys(opinion(bare, [about], 'agree', '  '))).toEqual([
      'type', 'spec_version', 'id', 'created', 'modified', 'opinion', 'object_refs',
    ]);
    expect(sighting(bare, { of: about, count: 3, first: '', last: '', description: '' })).not.toHaveProperty('first_seen');
  });
});

describe('a file', () => {
  it('becomes an artifact with the id that its content has, and a report', async () => {
    const octets = new Uint8Array(100_000).map((_, i) => i % 251);
    const [artifact, report] = await fileReport(common, { name: 'Map', description: '', mediaType: 'application/pdf', octets });
    const hash = createHash('sha256').update(octets).digest('hex');
    expect(artifact).toMatchObject({ mime_type: 'application/pdf', hashes: { 'SHA-256': hash } });
    expect(Buffer.from(artifact!.payload_bin as string, 'base64').equals(octets)).toBe(true);
    expect(report).toMatchObject({ name: 'Map', object_refs: [artifact!.id] });
    const again = await fileReport(common, { name: 'Other', description: '', mediaType: '', octets });
    expect(again[0]!.id).toBe(artifact!.id);
  });

  it('has the id that the standard gives it', async () => {
    expect(await uuid5('{"value":"198.51.100.3"}')).toBe('28bb3599-77cd-5a82-a950-b5bc3caf07c4');
  });
});

describe('markings', () => {
  it('of TLP are known in both versions', () => {
    expect(tlpOf(tlp.red)).toBe('red');
    expect(tlpOf('marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9')).toBe('clear');
    expect(tlpOf('marking-definition--00000000-0000-4000-8000-000000000000')).toBeNull();
  });
});
