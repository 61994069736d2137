import { attestedWords } from './attested';

const attested = {
  ...{ key_id: 'abcdef012345'.padEnd(64, '6'), at: '2025-06-01T00:00:00.000Z' },
  ...{ evidence_id: 'e', record_sha256: 'r' },
};

describe('what is said of the signature of a deployed strategy', () => {
  it('names the key, or that there is none', () => {
    const promoted = { origin: 'research' as const, revision: 2, attested };
    expect(attestedWords(promoted, 2)).toBe('attested by key abcdef012345');
    expect(attestedWords({ ...promoted, attested: null }, 2)).toMatch(/^not attested/);
  });

  it('is nothing of another revision, of a document of one’s own, and before it is known', () => {
    expect(attestedWords({ origin: 'research', revision: 3, attested }, 2)).toBeNull();
    expect(attestedWords({ origin: 'api', revision: 2, attested: null }, 2)).toBeNull();
    expect(attestedWords(undefined, 2)).toBeNull();
  });
});
