import { METRIC_KEYS, METRICS } from '@assay/quant';
import { figureText, inWords, metricText, NONE, percentText, timeText, when } from '../../reports/figures';
import { linePicture } from '../../reports/line-picture';
import { html, type Content, type Markup } from '../../reports/markup';
import { pageOf } from '../../reports/page';
import { rowPicture } from '../../reports/pictures';
import { pricePicture } from '../../reports/price-picture';
import { factsTable, table, type Head } from '../../reports/tables';
import type { BacktestReportDto } from './backtest-report.response';
import { settingsPart } from './settings-part';
import { monthsPart } from './months-part';

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
      ${equityPart(report)} ${figuresPart(report)} ${monthsPart(report)} ${costsPart(report)}
      ${report.universe ? contributionsPart(report.universe) : null} ${tradesPart(report)} ${settingsPart(report)}
      ${evidencePart(report)}`,
  );
}

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

const below = (depths: readonly number[]): number[] => depths.map((depth) => (depth === 0 ? 0 : -depth));
const wholePercent = (fraction: number): string => `${Number((fraction * 100).toPrecision(3))} %`;

function equityPart({ courses, drawdowns }: BacktestReportDto): Markup {
  const { bars: at, times, benchmark } = courses;
  const thinned =
    times.length < courses.scored
      ? ` Drawn at ${figureText(times.length)} of ${figureText(courses.scored)} bars: the peaks and falls of every stretch.`
      : '';
  const rows = drawdowns
    .slice(0, 5)
    .map(({ drawdown_fraction: depth, peak, trough, recovery, bars }) => [
      when(peak, 'the start'),
      when(trough),
      when(recovery, 'not yet'),
      percentText(depth),
      figureText(bars),
    ]);
  return html`<h2>Equity and drawdown</h2>
    ${linePicture(
      'Value of 1, after costs',
      times,
      [
        { name: 'the strategy', values: courses.equity },
        { name: 'buying and holding', values: courses.buy_hold },
        ...(benchmark ? [{ name: 'the benchmark', values: benchmark }] : []),
      ],
      { at },
    )}
    ${linePicture(
      'Fall below the highest value so far',
      times,
      [
        { name: 'the strategy', values: below(courses.drawdown) },
        { name: 'buying and holding', values: below(courses.buy_hold_drawdown) },
      ],
      { at, text: wholePercent, height: 160, filled: true },
    )}
    ${thinned === '' ? null : html`<p class="dim">${thinned}</p>`}
    ${rows.length === 0 ? html`<p>It never fell below a peak.</p>` : table(FALLS, rows)}`;
}

const FALLS: readonly Head[] = [
  ['Fell from', false],
  ['To', false],
  ['Recovered', false],
  ['By', true],
  ['Bars', true],
];

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

const MOST_DRAWN = 40;

function contributionsPart({ contributions, absences }: NonNullable<BacktestReportDto['universe']>): Markup {
  const ranked = [...contributions].sort((a, b) => b.contribution - a.contribution);
  const inCurrency = contributions.some(({ price }) => price !== undefined);
  const size = ({ contribution }: { contribution: number }): number => Math.abs(contribution);
  const drawn = new Set([...ranked].sort((a, b) => size(b) - size(a)).slice(0, MOST_DRAWN));
  const label =
    ranked.length > MOST_DRAWN
      ? `Part of the total return by symbol, the ${MOST_DRAWN} largest of ${ranked.length}`
      : 'Part of the total return by symbol';
  return html`<h2>Contributions</h2>
    ${rowPicture(
      label,
      ranked.filter((one) => drawn.has(one)).map(({ symbol, contribution }) => ({ name: symbol, value: contribution })),
      percentText,
    )}
    ${table(
      [
        ['Symbol', false],
        ['Group', false],
        ['Contribution', true],
        ['In currency', true],
        ['Costs', true],
        ...(inCurrency
          ? ([
              ['By price', true],
              ['By rates', true],
            ] as const)
          : []),
        ['Trades', true],
        ['Bars held', true],
        ['Bars missing', true],
      ],
      ranked.map((one) => [
        ...[one.symbol, one.group ?? NONE, percentText(one.contribution), figureText(one.pnl), percentText(one.costs)],
        ...(inCurrency ? [percentText(one.price!), percentText(one.fx!)] : []),
        ...[figureText(one.trades), figureText(one.bars_held), figureText(one.bars_missing)],
      ]),
    )}
    ${
      absences.length === 0
        ? null
        : html`<p>
            Without bars, and not held there:
            ${absences.map(({ symbol, from, to }) => `${symbol} ${timeText(from)} to ${timeText(to)}`).join('; ')}.
          </p>`
    }`;
}

function tradesPart({ trades, prices, backtest }: BacktestReportDto): Markup {
  const { total, items } = trades;
  const title = html`<h2>Trades</h2>`;
  const picture = prices && pricePicture(priceLabel(prices, total), prices, prices.marks);
  if (total === 0)
    return html`${title}${picture}
      <p>Nothing was traded.</p>`;
  const several = items.some(({ symbol }) => symbol !== undefined);
  const heads: Head[] = [
    ['Entered', false],
    ['Left', false],
    ...(several ? [['Symbol', false] as const] : []),
    ['Side', false],
    ['Entry price', true],
    ['Exit price', true],
    ['Bars', true],
    ['Net return', true],
    ['Most against it', true],
    ['Most for it', true],
    ['Left by', false],
  ];
  const rows = items.map((trade): Content[] => [
    when(trade.entry_time),
    when(trade.exit_time, 'open'),
    ...(several ? [trade.symbol] : []),
    ...[inWords(trade.side), figureText(trade.entry_price), figureText(trade.exit_price), figureText(trade.bars_held)],
    ...[percentText(trade.net_return), percentText(trade.mae), percentText(trade.mfe)],
    trade.reason === null ? NONE : inWords(trade.reason),
  ]);
  const left =
    items.length < total
      ? html`<p>
          The ${items.length} of ${figureText(total)} trades that gained or lost most, in the order of time. All:
          <code>assay export backtest ${backtest.id} --what trades --to trades.csv</code>
        </p>`
      : null;
  return html`${title}${picture} ${left}${table(heads, rows)}`;
}

function priceLabel({ symbol, kind, bars, marked }: NonNullable<BacktestReportDto['prices']>, total: number): string {
  const what = kind === 'candles' ? `${symbol}, every bar` : `${symbol}, ${figureText(bars.length)} closes`;
  if (total === 0) return what;
  return marked < total
    ? `${what}, with the ${marked} of ${figureText(total)} trades that gained or lost most`
    : `${what}, with every trade`;
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
