import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { answer, research } from '../../../api/clients';
import { newId } from '../../../api/ids';
import { awaitJob } from '../../../jobs/await-job';
import { runBacktest, runValidation } from '../runs';
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
/** Strategy, backtest, both validations, one after the other; what was done stays done when a later step is tried again. */
export function useFirstRun(draft: Draft) {
  const client = useQueryClient();
  const [strategyId] = useState(newId);
  const [steps, setSteps] = useState(WAITING);
  const [backtestId, setBacktestId] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const finished = useRef(new Set<Key>());
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
    const all = async () => {
      await step('make', async () => {
        await answer(
          research.POST('/api/strategies/import', {
            body: document.current,
          }),
        );
      });
      await step('backtest', async (progress) => {
        const { jobId, subjectId } = await runBacktest(strategyId);
        await awaitJob(jobId, { onProgress: progress });
        setBacktestId(subjectId);
      });
      for (const kind of ['walk-forward', 'cpcv'] as const) {
        await step(kind, async (onProgress) => {
          await awaitJob((await runValidation(kind, strategyId)).jobId, { onProgress });
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
