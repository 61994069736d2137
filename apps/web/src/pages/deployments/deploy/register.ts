import { answer, research, trade } from '../../../api/clients';
import type { components as ResearchTypes } from '../../../api/generated/research';
import { tradeStrategy, type TradeStrategy } from '../queries';
import { resultsDocument } from './results';

type Backtest = ResearchTypes['schemas']['BacktestDto'];

const PROMOTED_WITHIN_MS = 15_000;
const POLL_MS = 500;

/** A promotion is told to trade by an event: it may be on its way, also where an older revision is there. */
async function arrived(id: string, revision: number): Promise<TradeStrategy | null> {
  const until = Date.now() + PROMOTED_WITHIN_MS;
  for (;;) {
    const strategy = await tradeStrategy(id);
    if ((strategy?.origin === 'research' && strategy.revision >= revision) || Date.now() > until) return strategy;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/**
 * The strategy as trade knows it: a promoted one came by its event, any other is sent as its document. Its newest backtest is stored beside
 * it, where none is yet.
 */
export async function register(
  strategy: { id: string; promotedRevision: number | null },
  backtests: readonly Backtest[],
): Promise<TradeStrategy> {
  const { id, promotedRevision } = strategy;
  let there = promotedRevision === null ? await tradeStrategy(id) : await arrived(id, promotedRevision);
  if (there?.origin !== 'research') {
    const document = await answer(research.GET('/api/strategies/{id}/export', { params: { path: { id } } }));
    await answer(
      trade.POST('/api/v1/strategies', {
        // the document of one service is the other's: only the generated types of the two differ
        body: document as never,
      }),
    );
    there = await tradeStrategy(id);
  }
  if (!there) throw new Error('the strategy was sent to trade, but is not there');
  const newest = there.latest_results === null ? resultsDocument(backtests, there.revision) : undefined;
  if (newest) {
    await answer(
      trade.POST('/api/v1/strategies/{strategyId}/results', {
        params: { path: { strategyId: id } },
        body: newest,
      }),
    );
  }
  return there;
}
