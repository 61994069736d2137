import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { answer, research } from '../../../api/clients';
import { isUnanswered } from '../../../api/problem';
import { endOfJob, resultOf } from '../../../jobs/await-job';
import { startBacktest, type Started } from '../../../jobs/start-backtest';
import { runValidation } from '../runs';
import { documentOf, type Draft } from './draft';

export type RunState = 'waiting' | 'running' | 'done' | 'failed';
type Key = 'make' | 'backtest' | 'walk-forward' | 'cpcv';
interface StepState {
  state: RunState;
  progress: number;
}

const TITLES: [Key, string][] = [
  ['make', 'Strategy'],
  ['backtest', 'Backtest'],
  ['walk-forward', 'Walk-forward'],
  ['cpcv', 'Cross-validation'],
];
const WAITING: Record<Key, StepState> = {
  make: { state: 'waiting', progress: 0 },
  backtest: { state: 'waiting', progress: 0 },
  'walk-forward': { state: 'waiting', progress: 0 },
  cpcv: { state: 'waiting', progress: 0 },
};

/**
 * Strategy, backtest, both validations, one after the other; what was done or runs stays so when a step is tried again. A strategy that is
 * there becomes the draft's next version, or stays as it is where nothing of its content has changed.
 */
export function useFirstRun(draft: Draft, strategyId: string) {
  const client = useQueryClient();
  const [steps, setSteps] = useState(WAITING);
  const [backtestId, setBacktestId] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const finished = useRef(new Set<Key>());
  // jobs that are not known to have ended
  const running = useRef(new Map<Key, Started>());
  const revision = useRef<number>(undefined);
  const busy = useRef(false);
  const document = useRef(documentOf(draft, strategyId));

  const start = useCallback(() => {
    if (busy.current) return;
    busy.current = true;
    setProblem(null);
    const show = (key: Key, step: StepState) => setSteps((all) => ({ ...all, [key]: step }));
    const step = async (key: Key, work: (progress: (fraction: number) => void) => Promise<void>) => {
      if (finished.current.has(key)) return;
      show(key, { state: 'running', progress: 0 });
      try {
        await work((fraction) => show(key, { state: 'running', progress: fraction }));
      } catch (error) {
        show(key, { state: 'failed', progress: 0 });
        throw error;
      }
      finished.current.add(key);
      show(key, { state: 'done', progress: 1 });
    };
    const ended = async (key: Key, begin: () => Promise<Started>, onProgress: (fraction: number) => void) => {
      const started = running.current.get(key) ?? (await begin());
      running.current.set(key, started);
      let mayGoOn = false;
      try {
        resultOf(
          await endOfJob(started.jobId, { onProgress }).catch((error: unknown) => {
            mayGoOn = isUnanswered(error);
            throw error;
          }),
        );
        return started.subjectId;
      } finally {
        if (!mayGoOn) running.current.delete(key);
      }
    };
    const all = async () => {
      await step('make', async () => {
        revision.current = (await answer(research.POST('/api/strategies/import', { body: document.current }))).revision;
      });
      await step('backtest', async (onProgress) => {
        const begin = () => startBacktest({ strategy_id: strategyId }, revision.current);
        setBacktestId(await ended('backtest', begin, onProgress));
      });
      for (const kind of ['walk-forward', 'cpcv'] as const) {
        await step(kind, async (onProgress) => {
          await ended(kind, () => runValidation(kind, strategyId), onProgress);
        });
      }
    };
    void all()
      .catch(setProblem)
      .finally(() => {
        busy.current = false;
        void client.invalidateQueries({
          predicate: ({ queryKey }) => ['strategy', 'backtest', 'validation'].includes(String(queryKey[0])),
        });
      });
  }, [client, strategyId]);

  return {
    start,
    retry: start,
    strategyId,
    backtestId,
    problem,
    steps: TITLES.map(([key, title]) => ({ key, title, ...steps[key] })),
    made: steps.make.state === 'done',
    tested: steps.backtest.state === 'done' && backtestId !== null,
    judged: steps.cpcv.state === 'done',
  };
}
