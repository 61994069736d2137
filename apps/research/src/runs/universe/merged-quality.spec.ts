import { mergedQuality } from './merged-quality';

const facts = (id: string, warnings: string[], acknowledged: string[] = []) => ({
  ...{ id, errors: 0, warnings },
  acknowledged: acknowledged.map((code) => ({ code, by: 'me', reason: 'seen', at: '2024-01-01T00:00:00.000Z' })),
  unacknowledged: warnings.filter((code) => !acknowledged.includes(code)),
});

describe('the quality of many series', () => {
  it('has what is to be looked at by symbol', () => {
    const merged = mergedQuality(
      ['A', 'B'],
      [facts('1', ['gap'], ['gap']), { ...facts('2', ['gap', 'jump']), errors: 1 }],
    );
    expect(merged).toMatchObject({
      ...{ id: '2', errors: 1 },
      warnings: ['gap of A', 'gap of B', 'jump of B'],
      unacknowledged: ['gap of B', 'jump of B'],
    });
    expect(merged!.acknowledged).toEqual([expect.objectContaining({ code: 'gap of A', by: 'me' })]);
  });

  it('is not known while one series was not judged', () => {
    expect(mergedQuality(['A', 'B'], [facts('1', []), null])).toBeNull();
    expect(mergedQuality([], [])).toBeNull();
  });
});
