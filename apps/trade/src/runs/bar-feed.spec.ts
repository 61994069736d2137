import type { StrategyDocument } from '@assay/contracts';
import type { SessionCalendar } from '@assay/market-data/calendars';
import { DomainError } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import type { SeriesInfo, SeriesStore } from '../bars/series-store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { Artifacts } from '../strategies/artifacts';
import { BarFeed } from './bar-feed';
import type { Compute } from './compute';
import type { RunStore } from '../records/runs/run.store';
import type { EvaluatorStateEntity } from '../records/runs/evaluator-state.entity';

const SAVED = new Date('2026-01-05T21:00:00Z');
const anchor = {
  source: 's',
  adjustment: 'none',
  first_bar: '2020-01-02T00:00:00Z',
  until: '2025-12-31T00:00:00Z',
  fingerprint: 'f',
};

describe('a running deployment whose validated history was corrected', () => {
  const take = (correctedAtMs: number | null, fingerprint: string | undefined): Promise<unknown> => {
    const checked = new DomainError('history_changed', 'bars before the end of the validated history have changed');
    const goOn = (): Promise<never> => Promise.reject(new Error('goes on'));
    const series = { checkAnchor: () => Promise.reject(checked), read: goOn } as unknown as SeriesStore;
    const feed = new BarFeed(series, {} as Artifacts, {} as Compute, {} as RunStore);
    const deployment = { configHash: 'c', artifactSha256: null } as DeploymentEntity;
    const state = { configHash: 'c', artifactSha256: null, updatedAt: SAVED, lastBar: SAVED } as EvaluatorStateEntity;
    const document = { kind: 'pipeline', history_anchor: { ...anchor, fingerprint } } as unknown as StrategyDocument;
    const info = { correctedAtMs } as SeriesInfo;
    return feed.take({} as EntityManager, deployment, document, info, state, {} as SessionCalendar, SAVED.getTime());
  };

  it('is not evaluated on from a state of before', async () => {
    await expect(take(SAVED.getTime(), 'f')).rejects.toMatchObject({ code: 'history_changed' });
    await expect(take(SAVED.getTime() + 1, 'f')).rejects.toMatchObject({ code: 'history_changed' });
  });

  it('nor from a state that was made while the correction was on its way', async () => {
    await expect(take(SAVED.getTime() - 60_000, 'f')).rejects.toMatchObject({ code: 'history_changed' });
  });

  it.each([
    ['was never corrected', null, 'f'],
    ['was corrected long before the state was made of it', SAVED.getTime() - 7_200_000, 'f'],
    ['pins no history', SAVED.getTime() + 1, undefined],
  ])('goes on where its series %s', async (_, correctedAtMs, fingerprint) => {
    await expect(take(correctedAtMs, fingerprint)).rejects.toThrow('goes on');
  });
});
