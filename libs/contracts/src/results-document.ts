import { date, instant, figure, revision } from './schema/texts';
import { WireDocument, type DocumentOf, type Zod } from './schema/wire-document';

/** The published example shows this where the id of its strategy will be; the path names the strategy. */
export const PATH_ID = 'links-to-strategy-config';

const metrics = (z: Zod) =>
  z.record(z.string(), figure(z)).meta({ description: 'Metric name to number, or null where it is undefined.' });

/** Backtest performance stored beside a strategy before and after it goes live. */
export const resultsDocument = new WireDocument('urn:assay:schema:backtest-results:v1', (z) =>
  z.strictObject({
    strategy_id: z
      .string()
      .max(64)
      .meta({ description: `The id of the path; ${PATH_ID} means the same.` })
      .optional(),
    revision: revision(z)
      .max(2_147_483_647)
      .meta({ description: 'Revision that was tested; the newest when absent.' })
      .optional(),
    run_at: instant(z),
    data_range: z.strictObject({
      start: date(z).meta({ description: 'First day of the data.', example: '2016-01-01' }),
      end: date(z).meta({ description: 'Last day of the data.', example: '2026-04-01' }),
    }),
    ticker_backtested: z.string().min(1).max(64),
    fee_bps: z.number().min(0),
    metrics: metrics(z),
    buy_hold_metrics: metrics(z).optional(),
    walk_forward: z
      .strictObject({
        best_window: z.number().optional(),
        best_signal: z.number().optional(),
        is_sharpe: figure(z),
        oos_sharpe: figure(z),
        overfitting_ratio: figure(z),
      })
      .optional(),
  }),
);
export type BacktestResultsDocument = DocumentOf<typeof resultsDocument>;
