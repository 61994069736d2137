import { METRIC_KEYS, METRICS } from '@assay/quant';
import { inWords, metricText, NONE, percentText, timeText } from '../../reports/figures';
import { html, type Content, type Markup } from '../../reports/markup';
import { pageOf } from '../../reports/page';
import { factsTable, table, type Head } from '../../reports/tables';
import type { BacktestReportDto } from './backtest-report.response';
import { contributionsPart } from './contributions-part';
import { equityPart } from './equity-part';
import { monthsPart } from './months-part';
import { settingsPart } from './settings-part';
import { tradesPart } from './trades-part';

type Metrics = Record<string, number | null>;

/** The report as one page of HTML. */
export function backtestReportPage(report: BacktestReportDto): string {
  const { strategy, backtest, conclusion, notes } = report;
  const title = `Backtest of ${strategy.name}, revision ${strategy.revision}`;
  return pageOf(
    title,
    html`<p class="dim">
        ${strategy.universe.join(', ')} ${strategy.timeframe}; run ${timeText(backtest.finished_at)}; this report made
        ${timeText(report.made_at)}.
      </p>
      <p class="conclusion">${conclusion}</p>
      ${headlines(backtest)}
      <ul>
        ${notes.map((note) => html`<li>${note}</li>`)}
      </ul>
      <h2>Equity and drawdown</h2>
      ${equityPart(report)} ${figuresPart(report)}
      <h2>Months and years</h2>
      ${monthsPart(report)} ${costsPart(report)} ${contributions(report)}
      <h2>Trades</h2>
      ${tradesPart(report, backtest.id)} ${settingsPart(report)} ${evidencePart(report)}`,
  );
}

const contributions = ({ universe }: BacktestReportDto): Markup | null =>
  universe &&
  html`<h2>Contributions</h2>
    ${contributionsPart(universe)}`;

const HEADLINES = ['total_return', 'annualized_return', 'sharpe_ratio', 'max_drawdown', 'volatility'] as const;

/** What everybody looks at first. */
function headlines({ metrics, reasons, buy_hold_metrics: held }: BacktestReportDto['backtest']): Markup {
  const row = (name: string, values: Metrics | null, why: Record<string, string> | null): Content[] => [
    html`<strong>${name}</strong>`,
    ...HEADLINES.map((key) => metricText(values ?? {}, why ?? {}, key, METRICS[key].unit)),
  ];
  return table(
    [['After costs', false], ...HEADLINES.map((key): Head => [METRICS[key].name, true])],
    [row('Strategy', metrics, reasons), row('Buy and hold', held, null)],
  );
}

function figuresPart({ backtest }: BacktestReportDto): Markup {
  const { metrics, reasons, buy_hold_metrics: held, benchmark_metrics: chosen } = backtest;
  const rows = METRIC_KEYS.filter((key) => metrics && key in metrics).map((key): Content[] => {
    const { name, unit, definition, better } = METRICS[key];
    return [
      html`<strong>${name}</strong><br /><span class="dim">${definition}${better && `; ${better} is better`}</span>`,
      metricText(metrics!, reasons ?? {}, key, unit),
      metricText(held ?? {}, {}, key, unit),
      ...(chosen ? [metricText(chosen, {}, key, unit)] : []),
    ];
  });
  const heads: Head[] = [
    ['Figure', false],
    ['Strategy', true],
    ['Buy and hold', true],
    ...(chosen ? [['Benchmark', true] as const] : []),
  ];
  return html`<h2>Figures</h2>
    <div class="named">${table(heads, rows)}</div>`;
}

const KINDS = ['fees', 'spread', 'slippage', 'borrow', 'funding'] as const;

function costsPart({ backtest: { costs }, universe }: BacktestReportDto): Markup {
  const title = html`<h2>Costs</h2>`;
  if (!costs)
    return html`${title}
      <p>${universe ? 'They are told by symbol, below.' : 'They were not kept by kind.'}</p>`;
  const share = (value: number): string => (costs.total > 0 ? percentText(value / costs.total) : NONE);
  return html`${title}
    <p class="dim">Sums over the scored bars, each as a share of the equity before it; received funding is negative.</p>
    ${table(
      [
        ['Kind', false],
        ['Of the equity', true],
        ['Of the costs', true],
      ],
      [
        ...KINDS.filter((kind) => costs[kind] !== 0).map((kind) => [
          inWords(kind),
          percentText(costs[kind]),
          share(costs[kind]),
        ]),
        [html`<strong>All</strong>`, percentText(costs.total), share(costs.total)],
      ],
    )}`;
}

function evidencePart({ backtest, strategy, sha256 }: BacktestReportDto): Markup {
  const hash = (value: string | null): Content => (value === null ? NONE : html`<code>${value}</code>`);
  const { data } = backtest;
  return html`<h2>By which it is known again</h2>
    ${factsTable([
      ['Backtest', hash(backtest.id)],
      [
        'Strategy',
        html`<code>${strategy.id}</code>, revision ${strategy.revision} of ${timeText(strategy.created_at)}`,
      ],
      ['SHA-256 of the recipe', hash(backtest.config_hash)],
      ['SHA-256 of the bars', hash(backtest.fingerprint)],
      ...(data?.series ?? []).map((one): [string, Content] => [
        `SHA-256 of the bars of ${one.symbol}`,
        hash(one.fingerprint),
      ]),
      ['SHA-256 of the fitted model', hash(backtest.artifact_sha256)],
      ['SHA-256 of the result', hash(backtest.result_hash)],
      ['SHA-256 of this report as JSON', hash(sha256)],
    ])}
    <p class="dim">
      The hash of this report is that of its JSON, in canonical form (RFC 8785) without the fields sha256 and made_at.
      Asked for again while nothing has changed, it has the same hash.
    </p>`;
}
