import type { Problem } from '@assay/contracts';
import { BacktestEntity } from '../records/backtests/backtest.entity';
import { backtestView } from './backtest-view';

const problem = (code: string) => ({ code, title: code, status: 500, detail: '', type: '' }) as Problem;
const row = (change: Partial<BacktestEntity>): BacktestEntity =>
  Object.assign(new BacktestEntity(), {
    id: 'b',
    status: 'running',
    warnings: [],
    createdAt: new Date(0),
    error: null,
    ...change,
  });

describe('the state of a backtest', () => {
  it('is its own while its job is under way', () => {
    const shown = backtestView(row({ startedAt: new Date(1000) }), { state: 'running', error: null });
    expect(shown).toMatchObject({ status: 'running', error: null, started_at: '1970-01-01T00:00:01.000Z' });
  });

  it.each(['failed', 'canceled'] as const)('is that of a job that %s before the row could say so', (state) => {
    const error = problem('internal_error');
    expect(backtestView(row({}), { state, error })).toMatchObject({ status: state, error });
  });

  it('stays completed, whatever became of a later job', () => {
    const shown = backtestView(row({ status: 'completed' }), { state: 'failed', error: problem('internal_error') });
    expect(shown).toMatchObject({ status: 'completed', error: null });
  });

  it('keeps the refusal of the run where the job has none', () => {
    const error = problem('insufficient_data');
    expect(backtestView(row({ status: 'failed', error }), { state: 'failed', error: null })).toMatchObject({ error });
    expect(backtestView(row({ status: 'failed', error }), null)).toMatchObject({ status: 'failed', error });
  });
});
