import { METRIC_KEYS, METRICS } from '@assay/quant';
import { contributionsPart } from '../../backtests/report/contributions-part';
import { equityPart, type Fold } from '../../backtests/report/equity-part';
import { monthsPart } from '../../backtests/report/months-part';
import { tradesPart } from '../../backtests/report/trades-part';
import { inWords, listIn, metricText, recordIn } from '../../reports/figures';
import { html, type Markup } from '../../reports/markup';
import { table } from '../../reports/tables';
import type { ValidationRunDto } from '../validation.response';
import type { ValidationReportDto } from './report.response';
import { spanOf } from './run-figures';

/** The run that the gates rest on, by the parts of its own report. */
export function backtestPart({ backtest, walk_forward: walk }: ValidationReportDto): Markup {
  if (!backtest)
    return html`<h2>Backtest</h2>
      <p>The gates rest on no backtest.</p>`;
  const { metrics, reasons, buy_hold_metrics: held, universe } = backtest;
  const rows = METRIC_KEYS.filter((key) => key in metrics).map((key) => {
    const { name, unit, definition } = METRICS[key];
    return [name, metricText(metrics, reasons, key, unit), metricText(held, {}, key, unit), definition];
  });
  return html`<h2>Backtest</h2>
    <p>
      Engine ${backtest.engine}, mode ${backtest.request.mode}, filled at
      ${inWords(backtest.request.fill).toLowerCase()}, after costs of ${costsText(backtest.request.costs)}. Over all
      scored bars, in sample and out: it is no evidence by itself.
    </p>
    ${equityPart(backtest, walk ? foldsOf(walk) : [])}
    <h3>Figures</h3>
    ${table(
      [
        ['Metric', false],
        ['Strategy', true],
        ['Buy and hold', true],
        ['What it is', false],
      ],
      rows,
    )}
    <h3>Months and years</h3>
    ${monthsPart(backtest)}
    ${
      universe &&
      html`<h3>Contributions</h3>
        ${contributionsPart(universe)}`
    }
    <h3>Trades</h3>
    ${tradesPart(backtest, backtest.id)}`;
}

/** What each fold was judged on. */
export const foldsOf = ({ result }: ValidationRunDto): Fold[] =>
  listIn(result, 'folds').flatMap((fold, i) =>
    spanOf(recordIn(fold, 'test')).map(([from, to]) => ({ name: String(i + 1), from, to })),
  );

const costsText = (costs: object): string =>
  Object.entries(costs)
    .filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => `${inWords(name).toLowerCase()} ${String(value)}`)
    .join(', ') || 'nothing';
