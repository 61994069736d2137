const PASSED = { policy: 'default', version: '2', passed: true, gates: [] };
const SHA256 = 'a'.repeat(64);

/** What a caller could hope to be believed: words for a state, and for what it rests on. */
export const FORGED_FIELDS: Readonly<Record<string, unknown>> = {
  status: 'validated',
  state: 'promoted',
  stage: 'validated',
  lifecycle: 'promoted',
  revision_status: 'validated',
  validated: true,
  validated_at: '2024-01-01T00:00:00.000Z',
  validated_under: ['default'],
  validatedUnder: ['default'],
  gates: { default: PASSED },
  gates_at: '2024-01-01T00:00:00.000Z',
  gate_facts: { record: { sha256: SHA256, uri: `sha256:${SHA256}` } },
  verdicts: [PASSED],
  passed: true,
  promoted: true,
  promoted_at: '2024-01-01T00:00:00.000Z',
  promoted_revision: 1,
  promotedRevision: 1,
  policy: 'default',
  proof: { status: 'validated', validatedUnder: ['default'] },
  evidence: { policy: 'default', verdicts: [PASSED] },
  attestation: { statement: { policy: 'default' }, signature: { value: 'AAAA' } },
};

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** A body with each of the fields, with all of them, and with all of them in each object that it has; where none is taken, with all alone. */
export function forgedBodies(body: unknown): unknown[] {
  if (body !== undefined && !isObject(body)) return [];
  if (body === undefined) return [FORGED_FIELDS];
  const own = body;
  const singly = Object.entries(FORGED_FIELDS).map(([field, value]) => ({ ...own, [field]: value }));
  const inside = Object.entries(own)
    .filter(([, value]) => isObject(value))
    .map(([field, value]) => ({ ...own, [field]: { ...(value as Json), ...FORGED_FIELDS } }));
  return [...singly, { ...own, ...FORGED_FIELDS }, ...inside];
}

export const FORGED_QUERY: Readonly<Record<string, string>> = {
  status: 'validated',
  state: 'promoted',
  validated_under: 'default',
  promoted_revision: '1',
  promoted: 'true',
};
