import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serialize } from 'node:v8';
import { openArtifactStore } from '@assay/pipeline';
import { datasetProfile } from './dataset-profile';

describe('the profile of a dataset', () => {
  let folder: string;
  const url = (): string => pathToFileURL(folder).href;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'assay-profile-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const stored = async (values: number[]): Promise<string> => {
    const openTimeMs = Float64Array.from(values, (_, i) => Date.UTC(2024, 0, 1 + i));
    return (await openArtifactStore(url()).put(serialize({ openTimeMs, values: Float64Array.from(values) }))).sha256;
  };

  it('is of the values that are there, with the last rows as they are', async () => {
    const sha256 = await stored([NaN, 1, 2, 3, 4, NaN]);
    const profile = await datasetProfile({ artifactUrl: url(), sha256, name: 'rsi', bins: 3, rows: 2 });
    expect(profile).toMatchObject({
      ...{ column: 'rsi', rows: 6, count: 4, missing: 2, mean: 2.5, min: 1, max: 4 },
      ...{ first: '2024-01-01T00:00:00.000Z', last: '2024-01-06T00:00:00.000Z' },
      histogram: { edges: [1, 2, 3, 4], counts: [1, 1, 2] },
      tail: [
        { time: '2024-01-05T00:00:00.000Z', value: 4 },
        { time: '2024-01-06T00:00:00.000Z', value: null },
      ],
    });
    expect(profile.std).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(profile.quantiles!.p50).toBe(2.5);
  });

  it('of no rows, and of none with a value, has no figures', async () => {
    const none = await datasetProfile({ artifactUrl: url(), sha256: await stored([]), name: 'x' });
    expect(none).toMatchObject({ rows: 0, count: 0, first: null, last: null, mean: null, histogram: null, tail: [] });
    const empty = await datasetProfile({ artifactUrl: url(), sha256: await stored([NaN]), name: 'x' });
    expect(empty).toMatchObject({ rows: 1, count: 0, missing: 1, quantiles: null, std: null });
  });

  it('is refused where the bytes are gone', async () => {
    const gone = datasetProfile({ artifactUrl: url(), sha256: 'a'.repeat(64), name: 'x' });
    await expect(gone).rejects.toMatchObject({ code: 'not_found' });
  });
});
